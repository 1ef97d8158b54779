//! Pace: how many requests are under way, what is waited for, and what is tried again.

use cprekey_tests::{Panel, Place};
use serde_json::json;

use crate::many::{count, list};

#[test]
fn no_more_jobs_than_asked_for_and_no_fewer() {
    for jobs in [1, 3, 16] {
        let place = Place::new();
        let rows = 6 * usize::try_from(jobs).unwrap();
        let panel = Panel::with_mailboxes(&place, rows);
        panel.behaviour(&json!({"latency_ms": 30}));
        list(&place, rows);
        let options = ["--jobs", &jobs.to_string(), "--overlap", "--verify", "all"];
        let run = place.apply("list.csv").on(&panel).args(options).run();
        assert_eq!(run.code, 0, "{run}");
        let counters = panel.counters();
        assert_eq!(counters.in_flight_most(), jobs, "{counters:?}");
        assert!(counters.connections_most() <= jobs, "{counters:?}");
        assert!(counters.connections_opened() <= jobs, "connections are not kept: {counters:?}");
    }
}

#[test]
fn the_first_request_goes_alone() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 20);
    panel.behaviour(&json!({"latency_ms": 20}));
    list(&place, 20);
    // The panel logs a request when its wait is over, so whatever went beside the first would stand before it.
    panel.switch(&json!({"match": {"count": 1}, "answer": "slow", "when": "before", "ms": 400}));
    let run = place.apply("list.csv").on(&panel).args(["--jobs", "16", "--overlap"]).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(panel.access_log()[0].contains("/Variables/get_user_information "), "{:#?}", panel.access_log());
    assert!(panel.counters().in_flight_most() > 1, "none of them went beside another");
}

#[test]
fn a_panel_that_says_when_is_not_asked_before() {
    for status in ["status-429", "status-503"] {
        let place = Place::new();
        let panel = Panel::with_mailboxes(&place, 3);
        list(&place, 3);
        panel.switch(&json!({
            "match": {"function": "Email::passwd_pop", "count": 1}, "answer": status, "retry_after": 1
        }));
        let run = place.apply("list.csv").on(&panel).args(["--jobs", "1"]).run();
        assert_eq!((run.code, count(&run, "changed")), (0, 3), "{run}");
        let first = &run.report()[0];
        assert!(first.attempts == 2 && first.elapsed_ms >= 1000, "{first:?}");
        assert!(first.elapsed_ms < 10_000, "a second was asked for: {first:?}");
    }
}

/// NET-18: the pause holds every row, those that are not under way too.
#[test]
fn a_pause_that_the_panel_asks_for_holds_every_job() {
    assert_everybody_waits(&["--jobs", "4"], 0);
    // Those that were under way with it may still be answered behind it, and as many that began before its answer was read.
    assert_everybody_waits(&["--jobs", "4", "--overlap"], 6);
}

/// Runs a list in which the second row is told to wait, behind which at most so many are answered before the pause has passed.
fn assert_everybody_waits(options: &[&str], most: usize) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 12);
    panel.behaviour(&json!({"latency_ms": 50}));
    list(&place, 12);
    panel.switch(&json!({
        "match": {"function": "Email::passwd_pop", "from": 2, "count": 1}, "answer": "status-429", "retry_after": 2
    }));
    let run = place.apply("list.csv").on(&panel).args(options).run();
    assert_eq!((run.code, count(&run, "changed")), (0, 12), "{run}");
    let slow = run.report().iter().filter(|row| row.elapsed_ms >= 1900).count();
    assert_eq!(slow, 1, "only the row that was told to wait was under way: {run}");
    let log = panel.access_log();
    let refused = log.iter().position(|line| line.contains("\" 429 ")).unwrap();
    // All others come after the pause.
    let second = |line: &String| line.split(':').nth(3).and_then(|text| text[..2].parse::<u32>().ok()).unwrap();
    let soon = log[refused + 1..].iter().filter(|line| (second(line) + 60 - second(&log[refused])) % 60 < 1);
    assert!(soon.count() <= most, "{log:#?}");
}

#[test]
fn tries_are_counted_and_come_to_an_end() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 3);
    list(&place, 3);
    let about = |n: u32, count: u32| json!({"function": "Email::passwd_pop", "address": format!("user{n}@example.com"), "count": count});
    panel.switch(&json!([
        {"match": about(1, 1), "answer": "status-502"},
        {"match": about(2, 9), "answer": "status-503"},
        {"match": about(3, 1), "answer": "reset-after"},
    ]));
    let run = place.apply("list.csv").on(&panel).args(["--retries", "2", "--verbose"]).run();
    let told: Vec<_> =
        run.report().iter().map(|row| (row.outcome.as_str(), row.reason.as_str(), row.attempts)).collect();
    assert_eq!(told[0], ("changed", "", 2), "{run}");
    assert_eq!((told[1].1, told[1].2), ("busy", 3), "{run}");
    assert_eq!(told[2], ("changed", "", 2), "{run}");
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 2 + 3 + 2);
    assert!(run.stderr.contains("row 2: try 1 failed"), "{run}");
}

#[test]
fn without_retries_nothing_is_sent_twice() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    list(&place, 2);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "reset-after"}));
    let run = place.apply("list.csv").on(&panel).args(["--retries", "0", "--verify", "none"]).run();
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(run.outcomes(), ["unknown", "unknown"]);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 2);
}

#[test]
fn what_nobody_knows_is_settled_by_asking() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 3);
    list(&place, 3);
    let about = |n: u32| json!({"function": "Email::passwd_pop", "address": format!("user{n}@example.com")});
    panel.switch(&json!([
        {"match": about(1), "answer": "html", "apply": true},
        {"match": about(2), "answer": "html"},
        {"match": about(3), "answer": "lie"},
    ]));
    let run = place.apply("list.csv").on(&panel).args(["--verify", "all"]).run();
    assert_eq!(run.code, 7, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.outcome.as_str(), row.reason.as_str())).collect();
    assert_eq!(told, [("changed", "verified"), ("unknown", "bad-answer"), ("unknown", "mismatch")]);
}

#[test]
fn a_panel_that_closes_every_connection_is_served_all_the_same() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 160);
    panel.behaviour(&json!({"close_each": true, "latency_ms": 5}));
    list(&place, 160);
    let run = place.apply("list.csv").args(["--jobs", "16", "--overlap"]).on(&panel).run();
    assert_eq!((run.code, count(&run, "changed")), (0, 160), "{run}");
    assert!(run.report().iter().all(|row| row.attempts == 1), "a closed connection was taken for a fault");
    let counters = panel.counters();
    assert!(counters.connections_most() <= 16, "{counters:?}");
    let full = counters.connections_opened() - counters.handshakes_resumed();
    assert!(full <= 16, "each connection costs as much as the first: {counters:?}");
}

#[test]
fn a_rate_is_kept() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 20);
    list(&place, 20);
    let run = place
        .cprekey(["apply", "list.csv", "--yes", "--rate", "20/s", "--jobs", "16", "--output", "json"])
        .on(&panel)
        .run();
    assert_eq!(run.code, 0, "{run}");
    // 50 ms lie between two requests, and what was lost is made up within 20 ms.
    let finished: serde_json::Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
    let second = |name: &str| finished[name].as_str().unwrap()[17..23].parse::<f64>().unwrap();
    let took = (second("finished_at") + 60.0 - second("started_at")) % 60.0;
    assert!((0.85..10.0).contains(&took), "{took} s for 20 changes at 20 a second");
}

#[test]
fn a_panel_that_nobody_answers_at_leaves_every_row_not_tried() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 3);
    list(&place, 3);
    // Every panel listens on 127.0.0.1, so that nobody does here.
    let run = place.apply("list.csv").on(&panel).args(["--host", "127.0.0.77:2083", "--retries", "1"]).run();
    assert_eq!(run.code, 1, "{run}");
    assert_eq!(run.outcomes(), ["not-tried"; 3]);
    assert!(run.report().iter().all(|row| row.reason == "unreachable"), "{:?}", run.report());
    assert_eq!(panel.counters().requests(), 0);
}
