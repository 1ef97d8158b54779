//! Options of how many calls at once, how fast and how often again.

use std::time::{Duration, Instant};

use cprekey_tests::{Panel, Place};
use serde_json::json;

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

#[test]
pub(super) fn jobs_are_calls_at_once() {
    let (place, panel) = ready(6);
    panel.behaviour(&json!({"latency_ms": 150}));
    for jobs in [1, 3] {
        panel.reset_counters();
        let run = place.apply("list.csv").args(["--jobs", &jobs.to_string()]).on(&panel).run();
        assert_eq!((run.code, panel.counters().in_flight_most()), (0, jobs), "{run}");
        assert!(panel.counters().connections_most() <= jobs, "{:?}", panel.counters());
    }
}

#[test]
pub(super) fn rate_is_never_exceeded() {
    let (place, panel) = ready(10);
    let begun = Instant::now();
    let run = place.cprekey(["apply", "list.csv", "--yes", "--rate", "20/s"]).on(&panel).run();
    // Ten changes and three questions at twenty a second, the first two at once.
    assert!(run.code == 0 && begun.elapsed() > Duration::from_millis(500), "{run}");
    assert_eq!(panel.counters().requests(), 13);
}

#[test]
pub(super) fn retries_are_counted() {
    let (place, panel) = ready(1);
    for (retries, code, attempts) in [("0", 7, 1), ("1", 0, 2)] {
        panel.clear_switches();
        panel.switch(&json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "status-502"}));
        let options = ["--retries", retries, "--verify", "none"];
        let run = place.apply("list.csv").args(options).on(&panel).run();
        assert_eq!((run.code, run.report()[0].attempts), (code, attempts), "{run}");
    }
}
