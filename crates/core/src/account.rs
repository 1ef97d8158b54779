//! The name of a cPanel account, as it is sent and as it is compared.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

/// The name of a cPanel account.
///
/// It is in lower case, because WHM's pass-through takes no other (cPanel's guide "Use WHM API to call cPanel API and UAPI"). A clone
/// shares the text.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AccountName(Arc<str>);

/// Why a text is not the name of an account. It never holds the text: where columns are swapped, that is a password.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum AccountNameError {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// It is an address, or a part of one.
    #[error("it holds an @, as an e-mail address does")]
    Address,
    /// A character that account names do not have.
    #[error("it holds a character other than letters, digits, - . and _")]
    BadCharacter,
    /// It begins with something else than a letter or a digit.
    #[error("it does not begin with a letter or a digit")]
    BadStart,
    /// It is longer than [`AccountName::LONGEST`].
    #[error("it is longer than {} characters", AccountName::LONGEST)]
    Long,
}

impl AccountName {
    /// The longest name, in characters: as long as Linux lets a user's name be (useradd(8)); cPanel's own are shorter.
    pub const LONGEST: usize = 32;

    /// Reads a name, in whatever case.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, without showing it.
    pub fn parse(text: &str) -> Result<Self, AccountNameError> {
        if text.contains('@') {
            return Err(AccountNameError::Address);
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        match text.bytes().next() {
            None => return Err(AccountNameError::Empty),
            Some(_) if !text.bytes().all(fits) => return Err(AccountNameError::BadCharacter),
            Some(first) if !first.is_ascii_alphanumeric() => return Err(AccountNameError::BadStart),
            Some(_) if text.len() > Self::LONGEST => return Err(AccountNameError::Long),
            Some(_) => {}
        }
        Ok(Self(text.to_ascii_lowercase().into()))
    }

    /// The name, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for AccountName {
    type Err = AccountNameError;

    fn from_str(text: &str) -> Result<Self, AccountNameError> {
        Self::parse(text)
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sent_in_lower_case() {
        for (text, sent) in [("shop", "shop"), ("Shop2", "shop2"), ("4ever", "4ever"), ("a-b_c.d", "a-b_c.d")] {
            assert_eq!(AccountName::parse(text).map(|name| name.to_string()), Ok(sent.to_owned()));
        }
    }

    #[test]
    fn what_is_no_name_is_refused_without_showing_it() {
        use AccountNameError as E;
        for (text, error) in [
            ("", E::Empty),
            ("anna@example.com", E::Address),
            ("--user=root", E::BadCharacter),
            ("-root", E::BadStart),
            ("a b", E::BadCharacter),
            ("a&b=c", E::BadCharacter),
            ("zoé", E::BadCharacter),
            ("a\n", E::BadCharacter),
            ("abcdefghijklmnopqrstuvwxyzabcdefg", E::Long),
        ] {
            assert_eq!(AccountName::parse(text), Err(error), "{text:?}");
            assert!(text.is_empty() || !error.to_string().contains(text));
        }
    }
}
