//! Why an outcome is what it is: one short word a row, from a closed and documented set.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// Why a row's outcome is what it is.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
        pub enum Reason {
            $($(#[doc = $doc])+ #[serde(rename = $word)] $name,)+
        }

        impl Reason {
            /// Every reason, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word that reports and events use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// One sentence of what the word means, for the documentation.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc,)+),)+ }
            }
        }
    };
}

reasons! {
    // invalid
    /// The address cell is empty.
    NoAddress = "no-address",
    /// The address is not one that a mailbox can have.
    BadAddress = "bad-address",
    /// The name is not one that a cPanel account can have.
    BadAccount = "bad-account",
    /// The row is of an account, and its account column names another one.
    AccountMismatch = "account-mismatch",
    /// The row has a bare user name and nothing says its domain.
    NoDomain = "no-domain",
    /// The address and the domain column disagree.
    DomainMismatch = "domain-mismatch",
    /// The password cell is empty.
    NoPassword = "no-password",
    /// The cell holds a number, a date or a truth value, so what was typed may be lost.
    NotText = "not-text",
    /// The cell holds a formula.
    Formula = "formula",
    /// The cell holds a formula error such as #REF!.
    CellError = "cell-error",
    /// The password begins or ends with a space, or with a character that looks like one or like nothing.
    Spaces = "spaces",
    /// The cell holds a control character, for example a line break.
    ControlCharacter = "control-character",
    /// The same address or account stands in the list with another password, old password or account.
    Conflict = "conflict",
    /// The row's kind is not one that is understood.
    BadKind = "bad-kind",
    /// The row's cells do not fit the header.
    BadRow = "bad-row",
    /// The row is hidden in the sheet, by hand or by a filter, and --include-hidden was not given.
    HiddenRow = "hidden-row",
    /// Merged cells reach into the row, so that nobody can be sure which row they are of.
    MergedCells = "merged-cells",
    // skipped
    /// Left out by --include or --exclude.
    Filtered = "filtered",
    /// Beyond --limit.
    OverLimit = "over-limit",
    // refused
    /// The panel found the password too weak.
    TooWeak = "too-weak",
    /// The panel has no such mailbox.
    NoSuchMailbox = "no-such-mailbox",
    /// The panel has no such account, or the caller may not act for it.
    NoSuchAccount = "no-such-account",
    /// The account is suspended, and that is in the way.
    AccountSuspended = "account-suspended",
    /// The panel's account does not own the domain.
    NoSuchDomain = "no-such-domain",
    /// Nobody could say which account owns the domain, so nothing was sent.
    NoOwner = "no-owner",
    /// The row is for another account than the one that the token belongs to, so nothing was sent.
    WrongAccount = "wrong-account",
    /// An account that changes its own password must know the one that holds, and the list does not tell it; nothing was sent.
    NoOldPassword = "no-old-password",
    /// The server's own program takes the passwords only as arguments, where others could read them; nothing was sent.
    ArgumentsOnly = "arguments-only",
    /// The feature or the server role is switched off for the account.
    FeatureOff = "feature-off",
    /// The token may not do this.
    NotPermitted = "not-permitted",
    /// The panel said no in words of its own; they stand in the detail.
    Rejected = "rejected",
    /// The mailbox has another password.
    OtherPassword = "other-password",
    // not-tried
    /// The panel could not be reached; nothing was sent.
    Unreachable = "unreachable",
    /// The way to the panel cannot make this call; nothing was sent.
    Unsupported = "unsupported",
    /// The panel gave no usable answer to call after call, so this row was not begun.
    NoAnswer = "no-answer",
    /// The panel's certificate is not trusted; nothing was sent.
    Untrusted = "untrusted",
    /// The panel did not accept the token.
    AccessDenied = "access-denied",
    /// The panel said to the last try that it has too much to do: not-tried after HTTP 429, unknown after 503.
    Busy = "busy",
    /// The run was interrupted before this row (not-tried), or left before its answer came (unknown).
    Interrupted = "interrupted",
    /// The journal could not be written, so nothing was sent any more.
    Unrecorded = "unrecorded",
    /// A stop rule ended the run before this row.
    Stopped = "stopped",
    // unknown
    /// The request was sent and no answer came in time.
    Timeout = "timeout",
    /// The connection broke after the request was sent.
    ConnectionLost = "connection-lost",
    /// The server failed with a 5xx status.
    ServerError = "server-error",
    /// The panel's answer made no sense.
    BadAnswer = "bad-answer",
    /// The panel said that it changed the password, and a verification says that it did not.
    Mismatch = "mismatch",
    /// The panel has the new password, but the mail server does not take it yet.
    NotVisible = "not-visible",
    // changed, unchanged
    /// Settled by asking the panel whether the mailbox has this password, or by a login with it.
    Verified = "verified",
    /// A verification was asked for and could not be had: of a change the panel's word stands (changed), of a row that is only verified nothing is known (unknown).
    NotVerified = "not-verified",
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn every_reason_is_documented_in_its_own_words() {
        let documentation = include_str!("../../../docs/REPORTS.md");
        for reason in Reason::ALL {
            let row = format!("| `{reason}` | {} |", reason.meaning().trim());
            assert!(documentation.contains(&row), "docs/REPORTS.md lacks: {row}");
        }
    }
}
