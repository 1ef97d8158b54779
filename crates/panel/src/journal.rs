//! The changes that were really made, in their order.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;
use serde::Serialize;

/// Every change since the start, or since the counters were reset.
#[derive(Default)]
pub(crate) struct Journal {
    key: RandomState,
    entries: RefCell<Vec<Entry>>,
}

/// One change.
struct Entry {
    at: Timestamp,
    account: String,
    address: String,
    connection: u64,
    digest: u64,
}

/// One change, as the control port tells it.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    /// Its place in the order, counted from 1.
    pub(crate) number: usize,
    /// When it was made, RFC 3339 in UTC, to the microsecond.
    pub(crate) at: String,
    /// The account that made it.
    pub(crate) account: String,
    /// The mailbox that was changed.
    pub(crate) address: String,
    /// The number of the connection that it came on.
    pub(crate) connection: u64,
    /// A keyed digest of the password: equal for equal passwords in one run of the panel, and of no use beyond.
    pub(crate) digest: String,
}

impl Journal {
    /// Notes a change made now.
    pub(crate) fn note(&self, account: &str, address: &str, password: &[u8], connection: u64) {
        let (account, address, digest) = (account.to_owned(), address.to_owned(), self.key.hash_one(password));
        self.entries.borrow_mut().push(Entry { at: Timestamp::now(), account, address, connection, digest });
    }

    /// How many changes were made.
    pub(crate) fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    /// How often each mailbox was changed, by its address in lower case.
    pub(crate) fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for entry in &*self.entries.borrow() {
            match counts.get_mut(&entry.address) {
                Some(count) => *count += 1,
                None => _ = counts.insert(entry.address.clone(), 1),
            }
        }
        counts
    }

    /// The changes, leaving out the first `skip`.
    pub(crate) fn changes(&self, skip: usize) -> Vec<Change> {
        let entries = self.entries.borrow();
        let shown = entries.iter().enumerate().skip(skip).map(|(index, entry)| Change {
            number: index + 1,
            at: format!("{:.6}", entry.at),
            account: entry.account.clone(),
            address: entry.address.clone(),
            connection: entry.connection,
            digest: format!("{:016x}", entry.digest),
        });
        shown.collect()
    }

    /// Forgets all changes.
    pub(crate) fn clear(&self) {
        self.entries.borrow_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_in_order_and_equal_passwords_have_equal_digests() {
        let journal = Journal::default();
        journal.note("shop", "anna@example.com", b"one", 1);
        journal.note("shop", "bert@example.com", b"one", 2);
        journal.note("shop", "anna@example.com", b"two", 1);
        let changes = journal.changes(0);
        assert_eq!(changes.iter().map(|change| change.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(changes[0].digest, changes[1].digest);
        assert_ne!(changes[0].digest, changes[2].digest);
        assert_eq!(journal.counts().get("anna@example.com"), Some(&2));
        assert_eq!(journal.changes(2).len(), 1);
    }

    #[test]
    fn times_have_six_decimals() {
        let journal = Journal::default();
        journal.note("shop", "anna@example.com", b"one", 1);
        assert_eq!(journal.changes(0)[0].at.len(), "2026-01-01T00:00:00.000000Z".len());
    }
}
