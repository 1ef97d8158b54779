//! The clock of the wall in virtual time. It may jump, as those of machines do.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tokio::time::Instant;

use crate::case::name_hash;

/// When every run begins: 2026-11-22 07:00:00 UTC.
const BEGINNING: u64 = 1_795_330_800;

#[derive(Clone, Copy)]
struct Wall {
    began: Instant,
    /// From which the next jump is drawn; none where the clock does not jump.
    jumps: Option<u64>,
}

thread_local! {
    /// When each time was shown that the clock of the wall was asked for, by its milliseconds.
    static SHOWN: RefCell<HashMap<i64, Duration>> = RefCell::default();
    static WALL: Cell<Option<Wall>> = const { Cell::new(None) };
}

/// Sets this thread's clock to the beginning.
pub(crate) fn set(jumps: Option<u64>) {
    WALL.set(Some(Wall { began: Instant::now(), jumps }));
    SHOWN.with_borrow_mut(HashMap::clear);
}

/// How long the run has gone on, by the clock that does not jump.
pub(crate) fn elapsed() -> Duration {
    WALL.get().map_or(Duration::ZERO, |wall| wall.began.elapsed())
}

/// What the clock of the wall shows: up to a hundred days off where it jumps.
pub(crate) fn wall() -> SystemTime {
    let jump = WALL.get().and_then(|wall| wall.jumps).map_or(Duration::ZERO, |last| {
        let next = name_hash(&last.to_string());
        WALL.set(WALL.get().map(|wall| Wall { jumps: Some(next), ..wall }));
        Duration::from_secs(next % (200 * 86_400))
    });
    let hundred_days = Duration::from_secs(100 * 86_400);
    let offset = if WALL.get().is_some_and(|wall| wall.jumps.is_some()) { hundred_days } else { Duration::ZERO };
    SystemTime::UNIX_EPOCH + Duration::from_secs(BEGINNING) + elapsed() + jump - offset
}

/// The same, as reports want it.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::try_from(wall()).expect("a time of this century");
    SHOWN.with_borrow_mut(|shown| shown.insert(now.as_millisecond(), elapsed()));
    now
}

/// When the clock of the wall showed this time.
pub(crate) fn when(shown: Timestamp) -> Duration {
    SHOWN.with_borrow(|all| all.get(&shown.as_millisecond()).copied()).unwrap_or_else(elapsed)
}
