//! Options of how many calls at once, how fast and how often again.

use cprekey_tests::{Panel, Place};
use serde_json::json;

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

#[test]
fn jobs_are_calls_at_once() {
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
fn rate_is_never_exceeded() {
    let (place, panel) = ready(40);
    for jobs in [1, 4] {
        panel.reset_counters();
        let options = ["--rate", "20/s", "--jobs", &jobs.to_string()];
        let run = place.cprekey(["apply", "list.csv", "--yes"]).args(options).on(&panel).run();
        assert_eq!((run.code, panel.counters().requests()), (0, 43), "forty changes and three questions: {run}");
        // Two may leave at once, then one every 50 ms: 21 in a second. Those that were under way when it began come late.
        let most = most_in_a_second(&panel);
        assert!((10..=21 + jobs).contains(&most), "{most} changes in a second: {:#?}", panel.changes());
    }
}

/// The most changes that the panel made in any second.
fn most_in_a_second(panel: &Panel) -> usize {
    const SECOND: u64 = 1_000_000;
    const DAY: u64 = 86_400 * SECOND;
    let times: Vec<_> = panel.changes().iter().map(|change| change.at_us).collect();
    // The clock may pass midnight.
    let within = |begin: u64| times.iter().filter(|at| (**at + DAY - begin) % DAY < SECOND).count();
    times.iter().map(|begin| within(*begin)).max().unwrap()
}

#[test]
fn retries_are_counted() {
    let (place, panel) = ready(1);
    for (retries, code, attempts) in [("0", 7, 1), ("1", 0, 2)] {
        panel.clear_switches();
        panel.switch(&json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "status-502"}));
        let options = ["--retries", retries, "--verify", "none"];
        let run = place.apply("list.csv").args(options).on(&panel).run();
        assert_eq!((run.code, run.report()[0].attempts), (code, attempts), "{run}");
    }
}
