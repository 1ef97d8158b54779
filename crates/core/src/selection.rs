//! Which rows the user wants: by the address or name, and how many.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use thiserror::Error;

use crate::target::Target;

/// Which rows the user wants. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    include: Option<GlobSet>,
    exclude: GlobSet,
    limit: Option<usize>,
}

/// A pattern that is none.
#[derive(Debug, Error)]
#[error("{pattern:?} is not a pattern: {why}")]
pub struct PatternError {
    /// The pattern as it was given.
    pub pattern: String,
    /// What is wrong with it.
    pub why: String,
}

impl PatternError {
    /// What the user can do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "patterns look like *@example.com, {anna,bob}@* or sales-?@example.com; for accounts, shop*".to_owned()
    }
}

impl Selection {
    /// Wants the addresses and names that match some pattern of `include` (all, where there is none) and none of `exclude`, ignoring
    /// case; of those the first `limit`.
    ///
    /// # Errors
    ///
    /// Names the pattern that is none.
    pub fn new(include: &[String], exclude: &[String], limit: Option<usize>) -> Result<Self, PatternError> {
        let include = if include.is_empty() { None } else { Some(globs(include)?) };
        Ok(Self { include, exclude: globs(exclude)?, limit })
    }

    /// Whether the patterns take this address or name.
    #[must_use]
    pub fn takes(&self, target: &Target) -> bool {
        let wanted = self.include.as_ref().is_none_or(|include| include.is_match(target.as_str()));
        wanted && (self.exclude.is_empty() || !self.exclude.is_match(target.as_str()))
    }

    /// How many changes are taken at most.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        self.limit
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet, PatternError> {
    let named = |pattern: &str, error: &globset::Error| PatternError {
        pattern: pattern.to_owned(),
        why: error.kind().to_string(),
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).case_insensitive(true).backslash_escape(true).build();
        set.add(glob.map_err(|error| named(pattern, &error))?);
    }
    set.build().map_err(|error| named(&patterns.join(" "), &error))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::account::AccountName;
    use crate::address::Address;

    fn takes_target(include: &[&str], exclude: &[&str], target: &Target) -> bool {
        let owned = |patterns: &[&str]| patterns.iter().map(ToString::to_string).collect::<Vec<_>>();
        Selection::new(&owned(include), &owned(exclude), None).unwrap().takes(target)
    }

    fn takes(include: &[&str], exclude: &[&str], address: &str) -> bool {
        takes_target(include, exclude, &Address::parse(address).unwrap().into())
    }

    #[test]
    fn patterns_are_over_the_whole_address_and_ignore_case() {
        assert!(takes(&[], &[], "anna@example.com"));
        assert!(takes(&["*@EXAMPLE.com"], &[], "Anna@example.com"));
        assert!(!takes(&["anna"], &[], "anna@example.com"));
        assert!(takes(&["bob@*", "{anna,eve}@*"], &[], "anna@example.com"));
        assert!(!takes(&["*@example.com"], &["a*"], "anna@example.com"));
        assert!(takes(&["*@example.com"], &[], "a/b@example.com"));
    }

    #[test]
    fn patterns_are_over_account_names_too() {
        let shop = AccountName::parse("shop2").unwrap().into();
        assert!(takes_target(&["SHOP*"], &[], &shop));
        assert!(!takes_target(&["shop"], &[], &shop));
        assert!(!takes_target(&["*@example.com"], &[], &shop));
        assert!(takes_target(&[], &["*@*"], &shop));
        assert!(!takes_target(&[], &["shop?"], &shop));
    }

    #[test]
    fn a_pattern_that_is_none_is_named() {
        let error = Selection::new(&["[a".to_owned()], &[], None).unwrap_err();
        assert!(error.to_string().contains("[a"), "{error}");
        assert!(!error.remedy().is_empty());
    }
}
