//! Runs that are kept: gone on with, shown, audited, removed; and what signals and limits do to them.

mod limits;
mod refused;
mod resume;
mod shown;
mod signals;
mod unkept;

use std::fs;
use std::path::PathBuf;

use cprekey_tests::{Panel, Place, Running, eventually};
use serde_json::{Value, json};

/// A place with a panel of so many mailboxes, and with a list for all of them.
pub(crate) fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, count, &["--no-hashing"]);
    place.list("list.csv", count);
    (place, panel)
}

/// Waits until the panel was asked for so many changes.
pub(crate) fn wait_for_changes(panel: &Panel, count: u64) {
    eventually("the requests", || panel.counters().calls("Email::passwd_pop") >= count);
}

/// A run that was killed while the panel made the change of this row, and gave no answer to it.
pub(crate) fn killed_at(place: &Place, panel: &Panel, row: usize, arguments: &[&'static str]) {
    killed(
        place,
        panel,
        row,
        place.apply("list.csv").on(panel).args(["--jobs", "1"]).args(arguments.iter().copied()).start(),
    );
}

fn killed(_place: &Place, panel: &Panel, row: usize, running: Running<'_>) {
    panel.switch(&unanswered(row));
    wait_for_changes(panel, row as u64);
    eventually("the change", || panel.changes().len() >= row);
    running.signal("KILL");
    let run = running.wait();
    assert_eq!(run.code, 137, "{run}");
    panel.clear_switches();
}

/// The change of this mailbox is made, and its answer does not come.
pub(crate) fn unanswered(row: usize) -> Value {
    let address = format!("user{row}@example.com");
    json!({
        "match": {"function": "Email::passwd_pop", "address": address}, "answer": "slow", "when": "after", "ms": 120_000,
    })
}

/// The folder in which runs are kept.
pub(crate) fn kept(place: &Place) -> PathBuf {
    place.path("home/.state_home/cprekey")
}

/// The journals, oldest first.
pub(crate) fn journals(place: &Place) -> Vec<PathBuf> {
    let found = fs::read_dir(kept(place).join("runs")).map(|found| found.map(|one| one.unwrap().path()).collect());
    let mut found: Vec<PathBuf> = found.unwrap_or_default();
    found.sort();
    found
}

/// The only run's id.
pub(crate) fn only_run(place: &Place) -> String {
    let found = journals(place);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].file_stem().unwrap().to_str().unwrap().to_owned()
}
