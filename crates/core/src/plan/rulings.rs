//! Which entries can be sent, by what the panel said.

use std::collections::{BTreeMap, BTreeSet};

use super::preflight::Facts;
use crate::entry::{Entry, Task};
use crate::reason::Reason;
use crate::target::Target;

/// What would be changed and what cannot be. Entries are named by their index in the list of entries.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// How many entries will be sent.
    pub changes: usize,
    /// Changes that the panel is known to refuse, and why.
    pub ruled_out: BTreeMap<usize, Reason>,
    /// Changes of mailboxes whose login is suspended: sent all the same, and worth a word.
    pub suspended: BTreeSet<usize>,
    /// Rows that name the same mailbox and password as an earlier one.
    pub repeats: usize,
    /// Rows that never were a change.
    pub invalid: usize,
    /// Rows that the user's filters left out.
    pub skipped: usize,
}

impl Plan {
    /// Why the panel would refuse the entry, where that is known.
    #[must_use]
    pub fn ruling(&self, index: usize) -> Option<Reason> {
        self.ruled_out.get(&index).copied()
    }
}

/// Plans what to do with the entries, by what the panel said.
#[must_use]
pub fn plan(entries: &[Entry], facts: &Facts) -> Plan {
    let mut plan = Plan::default();
    for (index, entry) in entries.iter().enumerate() {
        match (&entry.task, &entry.target) {
            (Task::Change(_), Some(Target::Account(_))) => plan.changes += 1,
            (Task::Change(_), Some(Target::Mailbox(address))) => match facts.standing(address) {
                None => {
                    plan.ruled_out.insert(index, Reason::NoSuchMailbox);
                }
                Some(standing) => {
                    plan.changes += 1;
                    if standing.login_suspended {
                        plan.suspended.insert(index);
                    }
                }
            },
            (Task::Repeat { .. }, _) => plan.repeats += 1,
            (Task::Skipped(_), _) => plan.skipped += 1,
            (Task::Invalid(_), _) | (Task::Change(_), None) => plan.invalid += 1,
        }
    }
    plan
}
