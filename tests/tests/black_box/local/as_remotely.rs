//! What holds over HTTPS holds on the server too: plans change nothing, stop rules stop, reports and lists of failures are written.

use cprekey_tests::{Person, eventually};
use serde_json::json;

use super::ground::{SHOP, ready};

const CHANGE: &str = "Email::passwd_pop";

#[test]
fn check_and_plan_change_nothing() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(3);
        place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("nobody@example.com", "Tide&Orchard#8")]);
        let check = place.cprekey(["check", "list.csv"]).started_by(person).run();
        assert_eq!((check.code, panel.counters().local_calls()), (0, 0), "{check}");
        let plan = place.cprekey(["plan", "list.csv"]).locally(&panel, person).run();
        assert!(plan.code == 3 && plan.stdout.contains("not among the mailboxes"), "{plan}");
        assert_eq!((panel.counters().calls(CHANGE), panel.changes().len()), (0, 0));
        let no = place.cprekey(["apply", "list.csv"]).locally(&panel, person).run();
        assert_eq!((no.code, panel.counters().calls(CHANGE)), (2, 0), "nobody said yes: {no}");
    }
}

#[test]
fn stop_rules_stop() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(6);
        let run = place.apply("list.csv").locally(&panel, person).args(["--max-changes", "5"]).run();
        assert_eq!((run.code, panel.counters().calls(CHANGE)), (5, 0), "{run}");
        panel.switch(&json!({"match": {"function": CHANGE}, "answer": "refuse", "text": "No."}));
        let run = place.apply("list.csv").locally(&panel, person).args(["--max-failures", "2", "--jobs", "1"]).run();
        assert_eq!((run.code, panel.counters().calls(CHANGE)), (5, 2), "{run}");
        assert_eq!(run.outcomes(), ["refused", "refused", "not-tried", "not-tried", "not-tried", "not-tried"]);
    }
}

#[test]
fn what_failed_is_a_list_to_try_again() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(3);
        panel.switch(&json!([
            {"match": {"function": CHANGE, "address": "user2@example.com"}, "answer": "refuse", "text": "No."},
            {"match": {"function": CHANGE, "address": "user3@example.com"}, "answer": "die"},
        ]));
        let run =
            place.apply("list.csv").locally(&panel, person).args(["--failed", "again.csv", "--verify", "none"]).run();
        assert_eq!((run.code, run.outcomes()), (7, vec!["changed", "refused", "unknown"]), "{run}");
        assert_eq!(place.mode("again.csv"), 0o600);
        panel.clear_switches();
        let run = place.apply("again.csv").locally(&panel, person).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{run}");
    }
}

#[test]
fn an_interruption_finishes_what_is_under_way() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(4);
        panel.switch(&json!({"match": {"function": CHANGE}, "answer": "slow", "when": "before", "ms": 500}));
        let running = place.apply("list.csv").locally(&panel, person).args(["--jobs", "1"]).start();
        eventually("a change under way", || panel.counters().calls(CHANGE) > 0);
        running.signal("INT");
        let run = running.wait();
        assert_eq!((run.code, run.outcomes()), (130, vec!["changed", "not-tried", "not-tried", "not-tried"]), "{run}");
        assert_eq!(panel.counters().calls(CHANGE), 1);
    }
}

#[test]
fn a_rate_is_kept() {
    let (place, panel) = ready(10);
    let run =
        place.cprekey(["apply", "list.csv", "--yes", "--rate", "20/s", "--jobs", "4"]).locally(&panel, SHOP).run();
    assert_eq!(run.code, 0, "{run}");
    let times: Vec<_> = panel.changes().iter().map(|change| change.at_us).collect();
    let took = times.last().unwrap() + 86_400_000_000 - times.first().unwrap();
    // Nine waits of 50 ms, but for what a late first call takes away.
    assert!(took % 86_400_000_000 > 300_000, "{took}");
}
