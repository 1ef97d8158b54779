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
