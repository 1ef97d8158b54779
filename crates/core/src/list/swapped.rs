//! Whether addresses and passwords look as if they stood in each other's columns.

use secrecy::ExposeSecret;

use crate::address::Address;
use crate::entry::{Entry, Task};

/// Whether every password that would be sent is an e-mail address. A single one may be; all of them are addresses in the wrong
/// column, and what was taken for addresses are passwords, which no report should show.
pub(super) fn are_swapped(entries: &[Entry]) -> bool {
    let mut passwords = entries.iter().filter_map(|entry| match &entry.task {
        Task::Change(passwords) => Some(passwords.new.expose_secret()),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => None,
    });
    let mut seen = false;
    passwords.all(|password| {
        seen = true;
        Address::parse(password).is_ok()
    }) && seen
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn entries(passwords: &[&str]) -> Vec<Entry> {
        let task = |password: &&str| Entry {
            row: 2,
            target: None,
            account: None,
            task: Task::Change(SecretString::from(*password).into()),
        };
        passwords.iter().map(task).collect()
    }

    #[test]
    fn only_addresses_throughout_are_suspicious() {
        assert!(are_swapped(&entries(&["anna@example.com", "bert@example.com"])));
        assert!(!are_swapped(&entries(&["anna@example.com", "c4nary-Password"])));
        assert!(!are_swapped(&entries(&[])));
    }
}
