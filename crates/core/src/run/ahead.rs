//! How far ahead intents are put down: one sync for all that leaves within the next few milliseconds.
//!
//! Where rows are slow, each waits for a sync of its own, and none is put down that is not about to leave. Where they are fast, the next ones are put
//! down while others are under way, so that no job waits for the disk.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::Instant;

/// How long outcomes wait for a sync, at most, where no intent brings one.
pub(super) const KEEP_EVERY: Duration = Duration::from_millis(20);

/// For how long intents are put down ahead: three times as long, so that the next sync is there in time.
const AHEAD: Duration = Duration::from_millis(60);

/// Fewer rows than this, which is a hundred a second, are not worth being put down ahead.
const FEWEST: usize = 6;

/// No more rows than this are put down ahead, however fast they are: after a crash each is asked about.
const MOST: usize = 4_096;

/// Every change below this index has its intent in the record of this number, or in an earlier one.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    end: usize,
    number: u64,
}

/// How far intents are put down, and how fast rows are taken.
#[derive(Debug)]
pub(super) struct Ahead {
    /// How far the last intent in the journal reaches.
    last: Cell<Reach>,
    /// How far the one before it does: whoever has that need not wait for the last one.
    before: Cell<Reach>,
    taken: Cell<usize>,
    since: Cell<Instant>,
}

impl Ahead {
    /// Nothing is put down.
    pub(super) fn new() -> Self {
        Self { last: Cell::default(), before: Cell::default(), taken: Cell::new(0), since: Cell::new(Instant::now()) }
    }

    /// Whether the change of this index has its intent.
    pub(super) fn covers(&self, index: usize) -> bool {
        index < self.covered()
    }

    /// Notes that every change up to this index, and with it, has its intent in the record of this number.
    pub(super) fn cover(&self, index: usize, number: u64) {
        let end = self.covered().max(index + 1);
        self.before.set(self.last.replace(Reach { end, number }));
    }

    /// The index up to which every change has its intent.
    pub(super) fn covered(&self) -> usize {
        self.last.get().end
    }

    /// The number of a record by which the change of this index has its intent, where it has one.
    pub(super) fn number(&self, index: usize) -> u64 {
        let before = self.before.get();
        if index < before.end { before.number } else { self.last.get().number }
    }

    /// Notes that so many changes were taken.
    pub(super) fn take(&self, count: usize) {
        self.taken.update(|taken| taken + count);
    }

    /// How many changes are likely to be taken soon, by how many were since this was asked last.
    pub(super) fn soon(&self) -> usize {
        let elapsed = self.since.replace(Instant::now()).elapsed().as_nanos().max(1);
        let soon = self.taken.take() as u128 * AHEAD.as_nanos() / elapsed;
        let soon = usize::try_from(soon).unwrap_or(MOST).min(MOST);
        if soon < FEWEST { 0 } else { soon }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_fast_is_put_down_ahead_and_what_is_slow_is_not() {
        let ahead = Ahead::new();
        for (taken, soon) in [(0, 0), (1, 0), (2, 6), (16, 48), (100, 300), (10_000, MOST)] {
            advance(KEEP_EVERY).await;
            ahead.take(taken);
            assert_eq!(ahead.soon(), soon, "{taken} in 20 ms");
        }
        advance(10 * KEEP_EVERY).await;
        ahead.take(1_000);
        assert_eq!(ahead.soon(), 300);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_covered_stays_so() {
        let ahead = Ahead::new();
        assert!(!ahead.covers(0));
        ahead.cover(7, 3);
        ahead.cover(5, 4);
        assert!(ahead.covers(7) && !ahead.covers(8));
        assert_eq!((ahead.covered(), ahead.number(7)), (8, 3));
    }

    /// Else every job would stand still for each sync of what comes later.
    #[tokio::test(start_paused = true)]
    async fn what_has_its_intent_waits_for_no_later_one() {
        let ahead = Ahead::new();
        let numbers = |indexes: [usize; 4]| indexes.map(|index| ahead.number(index));
        ahead.cover(9, 3);
        assert_eq!(numbers([0, 9, 10, 20]), [3, 3, 3, 3]);
        ahead.cover(19, 5);
        assert_eq!(numbers([0, 9, 10, 20]), [3, 3, 5, 5]);
        ahead.cover(29, 8);
        assert_eq!(numbers([0, 9, 10, 20]), [5, 5, 5, 8]);
    }
}
