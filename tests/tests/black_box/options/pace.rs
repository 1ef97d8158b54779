//! Options of how many calls at once, how fast and how often again.

use cprekey_tests::{Panel, Place};
use serde_json::json;

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, count, &["--no-hashing"]);
    place.list("list.csv", count);
    (place, panel)
}

#[test]
fn jobs_are_rows_that_wait_for_their_retries_side_by_side() {
    let (place, panel) = ready(6);
    let busy = |number: u32| {
        let address = format!("user{number}@example.com");
        json!({"match": {"function": "Email::passwd_pop", "address": address, "count": 1}, "answer": "status-502"})
    };
    panel.switch(&(1..=3).map(busy).collect());
    // The first three rows are tried again, and the others do not wait for them.
    let run = place.apply("list.csv").args(["--jobs", "4", "--output", "json"]).on(&panel).run();
    let settled: Vec<_> = run.events().into_iter().filter(|event| event["event"] == "settled").collect();
    assert_eq!((run.code, settled.len(), panel.counters().in_flight_most()), (0, 6, 1), "{run}");
    assert!(settled[0]["row"].as_u64().unwrap() > 4, "{run}");
}

#[test]
fn overlap_lets_as_many_requests_be_under_way_as_there_are_jobs() {
    let (place, panel) = ready(6);
    panel.behaviour(&json!({"latency_ms": 150}));
    for (jobs, options) in [(1, &[][..]), (1, &["--overlap"]), (3, &["--overlap"])] {
        panel.reset_counters();
        let run = place.apply("list.csv").args(["--jobs", &jobs.to_string()]).args(options).on(&panel).run();
        assert_eq!((run.code, panel.counters().in_flight_most()), (0, jobs), "{run}");
        assert!(panel.counters().connections_most() <= jobs, "{:?}", panel.counters());
    }
}

/// POL-03: sixty a second for two seconds, seen by the panel. The bounds are the rate, its fiftieth, and what can be late together.
#[test]
fn rate_is_never_exceeded() {
    let (place, panel) = ready(120);
    for (options, bound) in [(&["--jobs", "1"][..], 65), (&["--jobs", "4", "--overlap"], 69)] {
        panel.reset_counters();
        let run = place.cprekey(["apply", "list.csv", "--yes", "--rate", "60/s"]).args(options).on(&panel).run();
        assert_eq!((run.code, panel.counters().requests()), (0, 123), "with three questions: {run}");
        let most = most_in_a_second(&panel);
        assert!((20..=bound).contains(&most), "{most} changes in a second: {:#?}", panel.changes());
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
