//! The changes that were really made, in their order.

use std::cell::{Ref, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// Every change since the start, or since the counters were reset.
#[derive(Default)]
pub(crate) struct Journal {
    key: RandomState,
    changes: RefCell<Vec<Change>>,
}

/// One change.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    /// Its place in the order, counted from 1.
    pub(crate) number: usize,
    /// When it was made; told in RFC 3339, UTC, to the microsecond.
    #[serde(serialize_with = "to_the_microsecond")]
    pub(crate) at: Timestamp,
    /// The account that it belongs to.
    pub(crate) account: String,
    /// The mailbox that was changed, in lower case, or the account itself.
    pub(crate) address: String,
    /// The number of the connection that it came on; 0 for a local program.
    pub(crate) connection: u64,
    /// A keyed digest of the password: equal for equal passwords in one run of the panel, and of no use beyond.
    #[serde(serialize_with = "in_hexadecimal")]
    pub(crate) digest: u64,
}

impl Journal {
    /// Notes a change made now.
    pub(crate) fn note(&self, account: &str, address: &str, password: &[u8], connection: u64) {
        let mut changes = self.changes.borrow_mut();
        let change = Change {
            number: changes.len() + 1,
            at: Timestamp::now(),
            account: account.to_owned(),
            address: address.to_owned(),
            connection,
            digest: self.key.hash_one(password),
        };
        changes.push(change);
    }

    /// The changes, in their order.
    pub(crate) fn changes(&self) -> Ref<'_, Vec<Change>> {
        self.changes.borrow()
    }

    /// Forgets all changes.
    pub(crate) fn clear(&self) {
        self.changes.borrow_mut().clear();
    }
}

/// How often each mailbox was changed, by its address in lower case.
pub(crate) fn count_by_address(changes: &[Change]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for change in changes {
        *counts.entry(change.address.as_str()).or_insert(0) += 1;
    }
    counts
}

fn to_the_microsecond<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.6}"))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn in_hexadecimal<S: Serializer>(digest: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{digest:016x}"))
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
        let changes = journal.changes();
        assert_eq!(changes.iter().map(|change| change.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(changes[0].digest, changes[1].digest);
        assert_ne!(changes[0].digest, changes[2].digest);
        assert_eq!(count_by_address(&changes).get("anna@example.com"), Some(&2));
    }

    #[test]
    fn times_have_six_decimals_and_digests_sixteen_digits() {
        let journal = Journal::default();
        journal.note("shop", "anna@example.com", b"one", 1);
        let told = serde_json::to_value(&*journal.changes()).unwrap_or_default();
        assert_eq!(told[0]["at"].as_str().map(str::len), Some("2026-01-01T00:00:00.000000Z".len()));
        assert_eq!(told[0]["digest"].as_str().map(str::len), Some(16));
    }
}
