//! Tokens that are dead, or die: the run ends at once, nobody is locked out, and nothing is claimed that is not so.

use cprekey_tests::{Panel, Place, Row};
use serde_json::json;

use crate::many::{PASSWORD, count, list};

/// What every row of a run says that the panel never let in.
fn is_shut_out(row: &Row) -> bool {
    (row.outcome.as_str(), row.reason.as_str(), row.attempts) == ("not-tried", "access-denied", 0)
}

/// NET-15.
#[test]
fn a_dead_token_is_tried_once_for_a_thousand_rows() {
    for shape in ["403", "401-html", "login-page-200", "redirect"] {
        let place = Place::new();
        let panel = Panel::with_mailboxes(&place, 1000);
        panel.behaviour(&json!({"denied": shape}));
        list(&place, 1000);
        let run = place.apply("list.csv").on(&panel).token("DEADTOKEN0123456789").args(["--jobs", "16"]).run();
        assert_eq!(run.code, 4, "{shape}: {run}");
        let counters = panel.counters();
        assert_eq!((counters.requests(), counters.failed_authentications()), (1, 1), "{shape}: {counters:?}");
        assert_eq!(run.report().len(), 1000);
        assert!(run.report().iter().all(is_shut_out), "{shape}: {:?}", run.report()[0]);
    }
}

/// Runs a list of 40 rows whose token dies after so many requests; what was changed is changed, and the rest was not tried.
fn assert_ends_with_its_token(after: usize, jobs: usize) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 40);
    panel.behaviour(&json!({"token_dies_after": after, "latency_ms": 5}));
    list(&place, 40);
    let run = place.apply("list.csv").on(&panel).args(["--jobs", &jobs.to_string()]).run();
    assert_eq!(run.code, 4, "{run}");
    // Three requests ask who we are, what is strong enough, and which mailboxes there are.
    assert_eq!(count(&run, "changed"), after.saturating_sub(3), "{run}");
    assert_eq!(count(&run, "not-tried"), 40 - after.saturating_sub(3), "{run}");
    assert_eq!(panel.changes().len(), after.saturating_sub(3));
    let denied = panel.counters().failed_authentications();
    assert!((1..=jobs as u64).contains(&denied), "{denied} requests were denied with {jobs} jobs");
    for row in run.report() {
        assert_eq!(panel.verify(&row.target, PASSWORD), row.outcome == "changed", "{row:?}");
    }
}

#[test]
fn a_token_that_dies_ends_the_run_and_nothing_is_claimed() {
    for after in [1, 2, 3, 4, 5, 20, 42] {
        assert_ends_with_its_token(after, 1);
    }
    for after in [3, 20, 42] {
        assert_ends_with_its_token(after, 16);
    }
}

#[test]
fn a_token_that_dies_before_the_proof_leaves_the_change_as_it_was_told() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 3);
    // Three questions, one change, and then nothing more.
    panel.behaviour(&json!({"token_dies_after": 4}));
    list(&place, 3);
    let run = place.apply("list.csv").on(&panel).args(["--jobs", "1", "--verify", "all"]).run();
    assert_eq!(run.code, 4, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.outcome.as_str(), row.reason.as_str())).collect();
    assert_eq!(told, [("changed", "not-verified"), ("not-tried", "access-denied"), ("not-tried", "access-denied")]);
    assert_eq!(panel.counters().failed_authentications(), 1);
}

#[test]
fn a_token_that_dies_in_the_middle_of_a_row_leaves_it_unknown() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    list(&place, 2);
    let pop = |count: u32| json!({"function": "Email::passwd_pop", "count": count});
    panel.switch(&json!([
        {"match": pop(1), "answer": "reset-after"},
        {"match": pop(9), "answer": "denied-403"},
        {"match": {"function": "Email::verify_password"}, "answer": "denied-403"},
    ]));
    let run = place.apply("list.csv").on(&panel).args(["--jobs", "1"]).run();
    assert_eq!(run.code, 4, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.outcome.as_str(), row.reason.as_str())).collect();
    assert_eq!(told, [("unknown", "connection-lost"), ("not-tried", "access-denied")]);
    assert_eq!(panel.counters().failed_authentications(), 1);
}

#[test]
fn a_plan_with_a_dead_token_asks_once() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    list(&place, 2);
    let run = place.cprekey(["plan", "list.csv"]).on(&panel).token("DEADTOKEN0123456789").run();
    assert_eq!((run.code, panel.counters().requests()), (4, 1), "{run}");
}
