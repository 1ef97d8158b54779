//! A list of many mailboxes, and what became of them: the ground of several themes.

use cprekey_tests::{Place, Run};

/// Writes `list.csv` with `user1@example.com` to the user of that number, and gives its rows: each has a password of its own.
pub(crate) fn list(place: &Place, count: usize) -> Vec<(String, String)> {
    place.list("list.csv", count)
}

/// How many rows of the report have this outcome.
pub(crate) fn count(run: &Run, outcome: &str) -> usize {
    run.outcomes().iter().filter(|told| **told == outcome).count()
}
