//! A list of many mailboxes, and what became of them: the ground of several themes.

use cprekey_tests::{Place, Run};

/// The new password of every mailbox of [`list`].
pub(crate) const PASSWORD: &str = "Tide&Orchard#7";

/// Writes `list.csv` with `user1@example.com` to the user of that number.
pub(crate) fn list(place: &Place, count: usize) {
    place.csv("list.csv", (1..=count).map(|n| (format!("user{n}@example.com"), PASSWORD)));
}

/// How many rows of the report have this outcome.
pub(crate) fn count(run: &Run, outcome: &str) -> usize {
    run.outcomes().iter().filter(|told| **told == outcome).count()
}
