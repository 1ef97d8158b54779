//! Secrets wiped wherever they stood, and kept out of the swap space as far as the system lets us.
//!
//! Every piece of memory is wiped as it is given back: libraries that read workbooks, speak HTTP or write JSON keep copies of their own, of
//! which only that makes an end.
//!
//! Where the limit on locked memory (`ulimit -l`) does not bind, all of the program's memory is locked, the copies within libraries included.
//! Where it does, the pages on which tokens and passwords stand are, until it is reached. Nothing fails for it.

use std::alloc::System;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cprekey_core::{ExposeSecret as _, SecretString};
use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use zeroizing_alloc::ZeroAlloc;

/// Gives the programs their memory, and wipes what they give back.
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

/// Whether everything is locked, whatever comes.
static EVERYTHING: AtomicBool = AtomicBool::new(false);

/// The pages that are locked, by their numbers.
static PAGES: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

/// Locks all memory of the program, now and from now on, where no limit is on it; else lifts the limit as far as may be.
pub(crate) fn lock_everything() {
    let unlimited = Rlimit { current: None, maximum: None };
    // Only where the limit is lifted for certain: under one, a lock on what is to come lets memory run out at it.
    if getrlimit(Resource::Memlock).current.is_none() || setrlimit(Resource::Memlock, unlimited).is_ok() {
        // On fault: what was never touched takes no room.
        let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
        EVERYTHING.store(mlockall(flags).is_ok(), Ordering::Relaxed);
    } else {
        let limit = getrlimit(Resource::Memlock);
        let _refused = setrlimit(Resource::Memlock, Rlimit { current: limit.maximum, ..limit });
    }
}

/// Locks the memory of these secrets for good, and says how many of them may still be swapped out.
pub fn lock<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> usize {
    lock_groups(secrets.into_iter().map(|secret| [secret]))
}

/// The same of secrets that belong together; says of how many groups some may still be swapped out.
pub fn lock_groups<'a, G>(groups: impl IntoIterator<Item = G>) -> usize
where
    G: IntoIterator<Item = &'a SecretString>,
{
    if EVERYTHING.load(Ordering::Relaxed) {
        return 0;
    }
    let pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut locking = Locking { pages, is_full: false, last: (0..0, true) };
    let mut is_left = |group: G| group.into_iter().filter(|secret| !locking.lock(secret)).count() > 0;
    groups.into_iter().map(|group| usize::from(is_left(group))).sum()
}

/// The pages that are locked while more of them are.
struct Locking {
    pages: MutexGuard<'static, BTreeSet<usize>>,
    /// Whether the limit is reached.
    is_full: bool,
    /// Those of the last secret, and whether they are locked.
    last: (Range<usize>, bool),
}

impl Locking {
    /// Locks the memory of a secret; says whether that was possible.
    fn lock(&mut self, secret: &SecretString) -> bool {
        let text = secret.expose_secret();
        let own = pages_of(text);
        // Most secrets of a list stand on the page of the one before them, and fare as it did.
        if own != self.last.0 {
            // Past the limit no page can be had, but one that is locked already may hold more of them.
            let is_locked = own.clone().all(|page| self.pages.contains(&page)) || !self.is_full && lock_pages(text);
            if is_locked {
                self.pages.extend(own.clone());
            } else {
                self.is_full = true;
            }
            self.last = (own, is_locked);
        }
        self.last.1
    }
}

/// The numbers of the pages on which a text stands.
fn pages_of(text: &str) -> Range<usize> {
    let size = region::page::size();
    let start = text.as_ptr().addr();
    start / size..(start + text.len()).div_ceil(size)
}

fn lock_pages(text: &str) -> bool {
    // Others may stand on the same page, so that it stays locked until the program ends.
    region::lock(text.as_ptr(), text.len()).map(std::mem::forget).is_ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_from_the_first_byte_to_the_last() {
        let size = region::page::size();
        let text = "x".repeat(3 * size);
        let (start, pages) = (text.as_ptr().addr(), pages_of(&text).len());
        assert_eq!(pages, if start.is_multiple_of(size) { 3 } else { 4 });
        assert_eq!(pages_of(&text).start, start / size);
        assert_eq!(pages_of("").len(), usize::from(!"".as_ptr().addr().is_multiple_of(size)));
    }

    /// SEC-11: whatever the limit is here, a secret is locked or counted.
    #[test]
    fn a_page_is_locked_once_and_serves_all_that_stand_on_it() {
        let secrets = ["Tide&Orchard#1", "Tide&Orchard#2"].map(SecretString::from);
        let left = lock(&secrets);
        assert!(left <= secrets.len());
        let pages = PAGES.lock().unwrap().len();
        assert_eq!(lock(&secrets), left);
        assert_eq!(PAGES.lock().unwrap().len(), pages, "nothing is locked twice");
    }
}
