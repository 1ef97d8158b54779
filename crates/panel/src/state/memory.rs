//! Passwords kept in memory as a keyed digest: cheap enough to measure a client with, and no password to leak.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

/// Digests of passwords by address.
#[derive(Default)]
pub(crate) struct MemoryTable {
    key: RandomState,
    digests: RefCell<HashMap<String, u64>>,
}

impl MemoryTable {
    /// Gives the address a new password.
    pub(crate) fn set(&self, address: &str, password: &[u8]) {
        let digest = self.key.hash_one(password);
        let mut digests = self.digests.borrow_mut();
        match digests.get_mut(address) {
            Some(slot) => *slot = digest,
            None => _ = digests.insert(address.to_owned(), digest),
        }
    }

    /// Whether the password is the one of the address.
    pub(crate) fn verify(&self, address: &str, password: &[u8]) -> bool {
        self.digests.borrow().get(address) == Some(&self.key.hash_one(password))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_password_holds() {
        let table = MemoryTable::default();
        assert!(!table.verify("a@b.c", b""));
        table.set("a@b.c", b"one");
        table.set("a@b.c", b"two");
        assert!(table.verify("a@b.c", b"two"));
        assert!(!table.verify("a@b.c", b"one"));
    }
}
