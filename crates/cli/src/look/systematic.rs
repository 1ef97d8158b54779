//! What looks systematic: the first changes were all refused for one reason. What is told, and what to look at.

use cprekey_core::reason::Reason;

/// Why the run stops, what to look at, and how it goes on all the same.
pub(super) fn systematic(rows: usize, reason: Reason) -> String {
    format!(
        "looks systematic: the first {rows} changes were all refused: {reason}; {}; --keep-going goes on all the same",
        advice(reason)
    )
}

/// What to look at where a panel refuses everything for this reason.
pub(super) const fn advice(reason: Reason) -> &'static str {
    match reason {
        Reason::TooWeak => {
            "look whether the right column was taken for the password, and at the strength that the panel demands (cprekey plan tells it)"
        }
        Reason::NoSuchMailbox => {
            "look whether this is the right panel, account and domain, and whether the mailboxes are there yet (cprekey plan tells those that are not)"
        }
        Reason::NoSuchDomain | Reason::NoOwner | Reason::NoSuchAccount | Reason::WrongAccount => {
            "look whether this is the right panel and account: --host, --user and --account"
        }
        Reason::AccountSuspended => "have the account's suspension lifted first",
        Reason::FeatureOff => {
            "have the feature or the server role switched on for the account first: whoever runs the server can"
        }
        Reason::OtherPassword => {
            "look whether the right column was taken for the password, and whether the list was applied; a wrong password may count as a failed login"
        }
        Reason::NotPermitted => "give the token the privileges for this, or take another one",
        _ => "look at the panel's own words in the report or with --verbose, and try one row by hand in the panel",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_fits_the_reason_and_says_how_to_go_on() {
        for (reason, word) in [
            (Reason::TooWeak, "column"),
            (Reason::NoSuchMailbox, "panel"),
            (Reason::NotPermitted, "privileges"),
            (Reason::Rejected, "own words"),
        ] {
            let told = systematic(20, reason);
            assert!(told.starts_with(&format!("looks systematic: the first 20 changes were all refused: {reason}; ")));
            assert!(told.contains(word) && told.contains("--keep-going"), "{told}");
        }
    }
}
