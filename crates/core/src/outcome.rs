//! What became of a row. There are seven outcomes, and no others.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What became of a row of the list.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The panel said explicitly that the password is the new one.
    Changed,
    /// The mailbox already had this password; only a verification can say so.
    Unchanged,
    /// The panel answered no; its own words are kept.
    Refused,
    /// The row never was a change: a bad address, no password, two passwords for one address, …
    Invalid,
    /// The user's own filters left it out.
    Skipped,
    /// The run stopped before it, or the request provably never reached the panel.
    NotTried,
    /// It was sent and no usable answer came: the password may or may not have changed.
    Unknown,
}

impl Outcome {
    /// Every outcome, in the order in which summaries show them.
    pub const ALL: [Self; 7] =
        [Self::Changed, Self::Unchanged, Self::Refused, Self::Invalid, Self::Skipped, Self::NotTried, Self::Unknown];

    /// The word that reports and events use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Invalid => "invalid",
            Self::Skipped => "skipped",
            Self::NotTried => "not-tried",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the row needs nobody's attention any more.
    #[must_use]
    pub const fn is_settled_well(self) -> bool {
        matches!(self, Self::Changed | Self::Unchanged | Self::Skipped)
    }

    /// Whether trying the row again, as it stands in the list, may help.
    #[must_use]
    pub const fn is_worth_another_try(self) -> bool {
        matches!(self, Self::Refused | Self::NotTried | Self::Unknown)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_word_and_says_whom_it_concerns() {
        let table = [
            (Outcome::Changed, "changed", true, false),
            (Outcome::Unchanged, "unchanged", true, false),
            (Outcome::Refused, "refused", false, true),
            (Outcome::Invalid, "invalid", false, false),
            (Outcome::Skipped, "skipped", true, false),
            (Outcome::NotTried, "not-tried", false, true),
            (Outcome::Unknown, "unknown", false, true),
        ];
        assert_eq!(table.map(|(outcome, ..)| outcome), Outcome::ALL);
        for (outcome, word, settled_well, worth_another_try) in table {
            assert_eq!(outcome.word(), word);
            assert_eq!(serde_json::Value::from(word), serde_json::json!(outcome));
            assert_eq!(format!("{outcome}|{outcome:>10}"), format!("{word}|{word:>10}"));
            assert_eq!(outcome.is_settled_well(), settled_well, "{word}");
            assert_eq!(outcome.is_worth_another_try(), worth_another_try, "{word}");
        }
    }
}
