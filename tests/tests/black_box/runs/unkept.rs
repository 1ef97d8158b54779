//! Runs that keep no journal.

use std::fs;

use cprekey_tests::eventually;

use super::{kept, ready, unanswered};

/// Without a journal nothing is written where runs are kept, not even a lock: two runs at once are the user's own business, as the help says.
#[test]
fn no_journal_writes_nothing_where_runs_are_kept_and_locks_nothing() {
    let (place, panel) = ready(3);
    panel.switch(&unanswered(2));
    let first = place.apply("list.csv").on(&panel).args(["--no-journal"]).start();
    eventually("a change", || panel.changes().len() >= 2);
    panel.clear_switches();
    let second = place.apply("list.csv").on(&panel).args(["--no-journal"]).run();
    assert_eq!((second.code, second.outcomes()), (0, vec!["changed"; 3]), "{second}");
    first.signal("KILL");
    let first = first.wait();
    assert!(!first.stdout.contains("cprekey resume"), "{first}");
    assert!(!kept(&place).exists());
    let help = place.cprekey(["apply", "--help"]).run();
    let words: Vec<&str> = help.stdout.split_whitespace().collect();
    assert!(words.join(" ").contains("nothing keeps a second run on the same list away"), "{help}");
}

/// SEC-14: the same password in two runs has two digests, and in one run's rows others; none can be recognised without the key.
#[test]
fn two_runs_have_no_digest_in_common() {
    let (place, panel) = ready(4);
    place.apply("list.csv").on(&panel).run();
    place.apply("list.csv").on(&panel).run();
    let digests = |path: &std::path::PathBuf| -> Vec<String> {
        let text = fs::read_to_string(path).unwrap();
        let line: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
        line["rows"].as_array().unwrap().iter().map(|row| row[2].as_str().unwrap().to_owned()).collect()
    };
    let all: Vec<String> = super::journals(&place).iter().flat_map(digests).collect();
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!((all.len(), different.len()), (8, 8), "{all:?}");
}
