//! Signals in the middle of a run: what was done is in the journal, and the next session makes the rest.

use std::time::{Duration, Instant};

use cprekey_tests::{Panel, Place, Run, eventually};
use serde_json::json;

use super::{ready, wait_for_changes};

/// So many rows a signal comes at, one run each.
const ROWS: usize = 50;

/// Every row has its outcome, the panel agrees with it, and what is left is made by the next session.
fn assert_goes_on(place: &Place, panel: &Panel, interrupted: &Run) {
    assert_eq!(interrupted.code, 130, "{interrupted}");
    let changed = interrupted.outcomes().iter().filter(|outcome| **outcome == "changed").count();
    let unknown = interrupted.outcomes().iter().filter(|outcome| **outcome == "unknown").count();
    let made = panel.changes().len();
    assert!((changed..=changed + unknown).contains(&made), "{made} were made: {interrupted}");
    panel.behaviour(&json!({"latency_ms": 0}));
    panel.clear_switches();
    let run = place.cprekey(["resume", "last", "--yes"]).on(panel).run();
    assert_eq!(run.outcomes().len(), interrupted.outcomes().len(), "{run}");
    assert!(run.outcomes().iter().all(|outcome| *outcome == "changed") && matches!(run.code, 0), "{run}");
    let audit = place.cprekey(["runs", "audit", "last"]).run();
    assert!(audit.code == 0 && audit.stdout.contains("each follows the one before it"), "{audit}");
}

/// PRC-11: one Ctrl-C at every seventh row of fifty: what is under way is finished, the journal has every row, and the run goes on.
#[test]
fn one_interruption_at_every_seventh_row() {
    for row in (1..ROWS).step_by(7) {
        let (place, panel) = ready(ROWS);
        panel.behaviour(&json!({"latency_ms": 5}));
        let running = place.apply("list.csv").on(&panel).start();
        wait_for_changes(&panel, row as u64);
        running.signal("INT");
        let begun = Instant::now();
        let run = running.wait();
        assert!(begun.elapsed() < Duration::from_secs(30), "{run}");
        assert!(!run.outcomes().contains(&"unknown"), "what was under way is finished: {run}");
        assert_goes_on(&place, &panel, &run);
    }
}

/// PRC-11: two of them leave at once; what was under way is unknown until the next session settles it.
#[test]
fn two_interruptions_at_every_seventh_row() {
    for row in (1..ROWS).step_by(7) {
        let (place, panel) = ready(ROWS);
        panel.switch(&super::unanswered(row));
        let running = place.apply("list.csv").on(&panel).args(["--log", "run.log"]).start();
        eventually("the change", || panel.changes().len() >= row);
        running.signal("INT");
        eventually("the first signal", || place.read("run.log").contains("no further rows are taken"));
        running.signal("INT");
        let run = running.wait();
        assert_eq!(run.outcomes()[row - 1], "unknown", "{run}");
        assert_goes_on(&place, &panel, &run);
        assert_eq!(panel.changes().len(), ROWS, "none is made twice");
    }
}

/// PRC-11: a termination and a lost terminal are interruptions.
#[test]
fn other_ends_are_interruptions() {
    for signal in ["TERM", "HUP"] {
        let (place, panel) = ready(20);
        panel.behaviour(&json!({"latency_ms": 20}));
        let running = place.apply("list.csv").on(&panel).start();
        wait_for_changes(&panel, 3);
        running.signal(signal);
        assert_goes_on(&place, &panel, &running.wait());
    }
}

/// PRC-11: where the terminal goes away in the middle, the run ends as by Ctrl-C, and is whole in the journal.
#[test]
fn a_terminal_that_is_closed_interrupts() {
    let (place, panel) = ready(20);
    panel.behaviour(&json!({"latency_ms": 20}));
    let apply = place.cprekey(["apply", "list.csv", "--yes", "--rate", "none"]).on(&panel).env("TERM", "xterm");
    let running = apply.at_terminal_with("{}", "").stdin_left_open().start();
    wait_for_changes(&panel, 3);
    // Ends `script`, and with it the terminal.
    drop(running);
    eventually("the end of the run", || {
        let runs = place.cprekey(["runs"]).run();
        !runs.stdout.contains("running")
    });
    let run = place.cprekey(["resume", "last", "--yes", "--report", "report.csv"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 20]), "{run}");
}

/// PRC-12: a run that slept makes up for nothing: the pace holds after it wakes up.
#[test]
fn there_is_no_burst_after_a_sleep() {
    let (place, panel) = ready(40);
    let running = place.apply("list.csv").on(&panel).args(["--rate", "20"]).start();
    wait_for_changes(&panel, 5);
    running.signal("STOP");
    let slept = Instant::now();
    // The sleep is what is tested.
    while slept.elapsed() < Duration::from_secs(2) {
        std::thread::sleep(Duration::from_millis(50));
    }
    running.signal("CONT");
    let run = running.wait();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 40]), "{run}");
    let times: Vec<u64> = panel.changes().iter().map(|change| change.at_us).collect();
    for (index, begin) in times.iter().enumerate() {
        let within = times[index..].iter().take_while(|at| **at < begin + 1_000_000).count();
        // The rate, the one that was on its way when it fell asleep, and one that caught up with those before it.
        assert!(within <= 22, "{within} changes within one second: {times:?}");
    }
}
