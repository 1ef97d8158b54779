//! Tokens that are dead, or die: the run ends at once, nobody is locked out, and nothing is claimed that is not so.

use cprekey_tests::{Panel, Place, Row};
use serde_json::json;

use crate::many::{count, list};

/// What every row of a run says that the panel never let in.
fn is_shut_out(row: &Row) -> bool {
    (row.outcome.as_str(), row.reason.as_str(), row.attempts) == ("not-tried", "access-denied", 0)
}

/// POL-01, NET-15: a token that is dead from the beginning is refused once, in each of the shapes that panels have for that.
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

/// Runs a list of 40 rows whose token dies after so many requests; what was changed is changed, and the rest was not tried. It is refused
/// once, or as often as there are jobs where requests may overlap.
fn assert_ends_with_its_token(after: usize, jobs: usize, overlap: bool) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 40, &["--no-hashing"]);
    panel.behaviour(&json!({"token_dies_after": after, "latency_ms": 5}));
    let rows = list(&place, 40);
    let options = ["--jobs", &jobs.to_string(), "--overlap"];
    let run = place.apply("list.csv").on(&panel).args(&options[..if overlap { 3 } else { 2 }]).run();
    assert_eq!(run.code, 4, "{run}");
    // Three requests ask who we are, what is strong enough, and which mailboxes there are.
    assert_eq!(count(&run, "changed"), after.saturating_sub(3), "{run}");
    assert_eq!(count(&run, "not-tried"), 40 - after.saturating_sub(3), "{run}");
    assert_eq!(panel.changes().len(), after.saturating_sub(3));
    let denied = panel.counters().failed_authentications();
    let most = if overlap { jobs as u64 } else { 1 };
    assert!((1..=most).contains(&denied), "{denied} requests were denied with {jobs} jobs");
    for (row, is_set) in run.report().iter().zip(panel.verify_all(&rows)) {
        assert_eq!(is_set, row.outcome == "changed", "{row:?}");
    }
}

/// POL-01, NET-16: the token dies before the run, at its first rows, in its middle and at its last row.
#[test]
fn a_token_that_dies_ends_the_run_and_is_refused_once() {
    for after in [1, 2, 3, 4, 5, 20, 42] {
        assert_ends_with_its_token(after, 1, false);
    }
    for after in [3, 4, 20, 31, 42] {
        assert_ends_with_its_token(after, 16, false);
    }
}

/// POL-01: what the user is told of `--overlap` holds.
#[test]
fn where_requests_overlap_it_is_refused_no_more_often_than_there_are_jobs() {
    for after in [3, 20, 42] {
        assert_ends_with_its_token(after, 16, true);
    }
}

/// POL-01, NET-16: verifications and retries are requests as others.
#[test]
fn a_token_that_dies_among_verifications_and_retries_is_refused_once() {
    for after in [5, 18, 37] {
        let place = Place::new();
        let panel = Panel::with_mailboxes_and(&place, 30, &["--no-hashing"]);
        panel.behaviour(&json!({"token_dies_after": after, "latency_ms": 5}));
        let troubled = |address: &str| json!({"match": {"address": address, "count": 1}, "answer": "status-502"});
        panel.switch(&json!([troubled("user2@example.com"), troubled("user5@example.com")]));
        list(&place, 30);
        let run = place.apply("list.csv").on(&panel).args(["--jobs", "8", "--verify", "all"]).run();
        let denied = panel.counters().failed_authentications();
        assert_eq!((run.code, denied, run.report().len()), (4, 1, 30), "after {after}: {run}");
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

/// NET-17: a refused login, a login page and a connection that is dropped may be a block; which address, how long and who lifts it is told,
/// and nothing more is sent.
#[test]
fn what_may_be_a_block_is_told_with_how_long_it_lasts_and_who_lifts_it() {
    let dropped = ["--host", "127.0.0.77:2083", "--retries", "0"];
    for (answer, options, code) in [
        ("denied-403", &[][..], 4),
        ("login-page-200", &[], 4),
        ("reset-before", &["--retries", "0"], 1),
        ("", &dropped, 1),
    ] {
        let place = Place::new();
        let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
        if !answer.is_empty() {
            panel.switch(&json!({"answer": answer, "match": {}}));
        }
        list(&place, 3);
        let run = place.apply("list.csv").on(&panel).args(options.iter().copied()).run();
        assert_eq!((run.code, panel.changes().len()), (code, 0), "{answer}: {run}");
        assert!(panel.counters().failed_authentications() <= 1, "{answer}: {run}");
        for words in ["the address from which you reach the panel", "5 minutes to a day", "cphulkdwhitelist ADDRESS"] {
            assert!(run.stderr.contains(words), "{answer}: {words}: {run}");
        }
    }
}

/// NET-17: and so it is where that comes in the middle of a run.
#[test]
fn a_block_in_the_middle_of_a_run_is_told_at_its_end() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 20, &["--no-hashing"]);
    panel.behaviour(&json!({"token_dies_after": 10}));
    list(&place, 20);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!((run.code, panel.counters().failed_authentications()), (4, 1), "{run}");
    assert!(run.stdout.contains("5 minutes to a day"), "{run}");
}
