//! `resume`: a run goes on exactly with what is left of it.

use std::fs;

use cprekey_tests::{Panel, Place};
use serde_json::json;

use super::{kept, killed_at, only_run, ready, unanswered, wait_for_changes};

/// PRC-01: what was done stays done, the row that was under way is looked at, and the others are sent once.
#[test]
fn a_run_that_was_killed_goes_on_exactly_there() {
    let (place, panel) = ready(8);
    killed_at(&place, &panel, 4, &[]);
    assert!(!place.path("report.csv").exists());
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 8]), "{run}");
    assert_eq!(run.report()[3].reason, "verified", "{run}");
    assert!(run.stderr.contains("5 rows left of 8"), "{run}");
    let counters = panel.counters();
    assert_eq!((counters.calls("Email::passwd_pop"), counters.calls("Email::verify_password")), (8, 1), "{run}");
    let changes = panel.changes();
    assert_eq!(changes.len(), 8, "none is changed twice: {changes:?}");
}

/// PRC-01: where nobody is to be asked, or nobody can say, the same password is set once more.
#[test]
fn a_row_that_was_under_way_is_set_again_where_nothing_tells() {
    for verification_fails in [false, true] {
        let (place, panel) = ready(3);
        killed_at(&place, &panel, 2, &[]);
        if verification_fails {
            panel.switch(&json!({"match": {"function": "Email::verify_password"}, "answer": "refuse", "text": "No."}));
        }
        let arguments: &[&str] = if verification_fails { &[] } else { &["--verify", "none"] };
        let run = place.cprekey(["resume", "last", "--yes"]).args(arguments.iter().copied()).on(&panel).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
        assert_eq!(panel.counters().calls("Email::passwd_pop"), 4, "{run}");
    }
}

/// PRC-01: what the panel never did is done.
#[test]
fn a_row_that_never_arrived_is_changed() {
    let (place, panel) = ready(3);
    let stall = json!({"match": {"function": "Email::passwd_pop", "address": "user2@example.com"}, "answer": "slow",
        "when": "before", "ms": 120_000});
    panel.switch(&stall);
    let running = place.apply("list.csv").on(&panel).start();
    wait_for_changes(&panel, 2);
    running.signal("KILL");
    running.wait();
    panel.clear_switches();
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
    assert!(panel.verify("user2@example.com", "Tide&Orchard#2"), "{run}");
}

/// PRC-11: what a first Ctrl-C left is made by the next session, and the report has all of it.
#[test]
fn an_interrupted_run_goes_on_with_what_was_not_tried() {
    let (place, panel) = ready(6);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "slow", "when": "before", "ms": 100}));
    let running = place.apply("list.csv").on(&panel).start();
    wait_for_changes(&panel, 2);
    running.signal("INT");
    let first = running.wait();
    assert_eq!(first.code, 130, "{first}");
    let id = only_run(&place);
    assert!(first.stdout.contains(&format!("next: cprekey resume {id} goes on with what is left")), "{first}");
    let done = panel.changes().len();
    assert!((1..6).contains(&done), "{first}");
    panel.clear_switches();
    let run = place.cprekey(["resume", &id[..14], "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 6]), "{run}");
    assert_eq!(panel.changes().len(), 6, "{run}");
    assert!(place.path("report.1.csv").exists(), "the report of the first session is kept");
}

/// A run that was stopped for its failures may fail as often again: what was refused before is known.
#[test]
fn a_stop_rule_counts_what_happens_from_now_on() {
    let (place, panel) = ready(6);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop", "count": 2}, "answer": "refuse", "text": "No."}));
    let first = place.apply("list.csv").on(&panel).args(["--max-failures", "2"]).run();
    assert_eq!(first.code, 5, "{first}");
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["refused", "refused", "changed", "changed", "changed", "changed"], "{run}");
}

#[test]
fn failed_too_tries_refused_rows_again_and_failed_has_them_else() {
    let (place, panel) = ready(4);
    let no = json!({"match": {"function": "Email::passwd_pop", "address": "user2@example.com"}, "answer": "refuse", "text": "No."});
    panel.switch(&no);
    panel.switch(
        &json!({"match": {"function": "Email::passwd_pop", "address": "user3@example.com"}, "answer": "status-503"}),
    );
    place.may_hold_secrets("again.csv");
    place.may_hold_secrets("again.1.csv");
    place.may_hold_secrets("again.2.csv");
    place.may_hold_secrets("again.3.csv");
    let first = place.apply("list.csv").on(&panel).args(["--failed", "again.csv", "--retries", "0"]).run();
    assert_eq!(first.outcomes(), ["changed", "refused", "unknown", "changed"], "{first}");
    panel.clear_switches();
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "refused", "changed", "changed"]), "{run}");
    assert_eq!(place.read("again.csv"), "\"email\",\"password\"\n\"user2@example.com\",\"Tide&Orchard#2\"\n");
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert!(run.stderr.contains("nothing is left of run"), "{run}");
    assert!(run.stderr.contains("1 row that failed can be tried again: cprekey resume 2"), "{run}");
    let run = place.cprekey(["resume", "last", "--yes", "--failed-too"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 4]), "{run}");
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert!(run.stderr.contains("nothing is left of run") && !run.stderr.contains("--failed-too"), "{run}");
}

/// What earlier sessions did says nothing of how fast this one is.
#[test]
fn the_bar_of_a_run_that_is_gone_on_with_shows_its_own_rate() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 200, &["--no-hashing"]);
    place.list("list.csv", 200);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop", "from": 191}, "answer": "denied-403"}));
    place.apply("list.csv").on(&panel).run();
    panel.clear_switches();
    let resume = place.cprekey(["resume", "last", "--yes", "--rate", "20"]).on(&panel).env("TERM", "xterm");
    let run = resume.at_terminal("").run();
    assert_eq!((run.code, panel.changes().len()), (0, 200), "{run}");
    let rates = run.stdout.split_whitespace().filter_map(|word| word.strip_suffix("/s")?.parse::<f64>().ok());
    let rates: Vec<f64> = rates.collect();
    assert!(rates.last().is_some_and(|&rate| rate < 60.0), "{rates:?}: {run}");
}

/// A run of which nothing is left says so, writes its report all the same, and asks the panel nothing.
#[test]
fn where_nothing_is_left_nothing_is_sent() {
    let (place, panel) = ready(2);
    place.apply("list.csv").on(&panel).run();
    let before = panel.counters().requests();
    fs::remove_file(place.path("report.csv")).unwrap();
    let run = place.cprekey(["resume", "last", "--report", "also.ndjson"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 2]), "{run}");
    assert!(run.stderr.contains("nothing is left of run"), "{run}");
    assert_eq!(place.report("also.ndjson"), place.report("report.csv"));
    assert_eq!(panel.counters().requests(), before, "{run}");
}

#[test]
fn rows_that_repeat_others_follow_them() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    let row = |n: usize| (format!("user{n}@example.com"), format!("Tide&Orchard#{n}"));
    let shouted = |(address, password): (String, String)| (address.to_uppercase(), password);
    place.csv("list.csv", [row(1), row(2), shouted(row(1)), row(2), row(3)]);
    killed_at(&place, &panel, 2, &[]);
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 5]), "{run}");
    assert_eq!(run.report()[3].detail, "the same as row 3", "{run}");
    assert_eq!(panel.changes().len(), 3, "{run}");
}

/// What a run was begun with holds again, from wherever it is gone on with; what is typed now wins.
#[test]
fn the_options_of_the_run_hold_again() {
    let (place, panel) = ready(5);
    killed_at(&place, &panel, 2, &["--exclude", "user5@*", "--output", "json"]);
    let run = place.cprekey(["resume", "last", "--yes", "--output", "human"]).without_token().run();
    assert_eq!(run.outcomes(), ["changed", "changed", "changed", "changed", "skipped"], "{run}");
    assert!(run.stdout.contains("4 changed, 1 skipped"), "{run}");
}

/// A run through WHM goes on in batches; what was under way in one is looked at row by row.
#[test]
fn a_run_of_batches_goes_on() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 4, "");
    let rows: Vec<_> = (1..=4).map(|n| (format!("user{n}@example.com"), format!("Tide&Orchard#{n}"))).collect();
    place.csv("list.csv", rows);
    panel.switch(&json!({"match": {"function": "whm::batch"}, "answer": "slow", "when": "after", "ms": 120_000}));
    let running = place.apply("list.csv").through_whm(&panel).args(["--batch", "2"]).start();
    cprekey_tests::eventually("a batch", || panel.changes().len() >= 2);
    running.signal("KILL");
    running.wait();
    panel.clear_switches();
    let run = place.cprekey(["resume", "last", "--yes"]).through_whm(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 4]), "{run}");
    assert_eq!(panel.changes().len(), 4, "{run}");
}

/// SEC-14: no password stands in what is kept, whatever happens to a run; every run of these tests is searched for them.
#[test]
fn what_is_kept_is_for_its_owner_alone() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    let id = only_run(&place);
    for (name, mode) in [
        ("runs".to_owned(), 0o700),
        ("keys".to_owned(), 0o700),
        ("locks".to_owned(), 0o700),
        (format!("runs/{id}.jsonl"), 0o600),
        (format!("keys/{id}.key"), 0o600),
    ] {
        assert_eq!(place.mode(&format!("home/.state_home/cprekey/{name}")), mode, "{name}");
    }
    assert_eq!(fs::read_dir(kept(&place).join("locks")).unwrap().count(), 0, "no lock stays behind");
    place.assert_no_leak(&[]);
}

#[test]
fn a_question_is_asked_again() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    let mut running =
        place.cprekey(["resume", "last"]).on(&panel).env("TERM", "xterm").at_terminal("").stdin_left_open().start();
    cprekey_tests::eventually("the question", || running.shown().contains("Give 2 mailboxes on"));
    running.type_in("n\n");
    let run = running.wait();
    assert_eq!((run.code, panel.changes().len()), (130, 2), "{run}");
    panel.switch(&unanswered(9));
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
}

/// PRC-01: a row that may have been changed is sent though the panel lists its mailbox no more, so it is asked about, and limited, like any other.
#[test]
fn a_row_in_doubt_is_asked_about_and_limited_though_it_would_be_ruled_out() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &["--verify", "none"]);
    let listed = r#"{"status":1,"errors":null,"messages":null,"metadata":{},"data":[{"email":"user1@example.com","login":"user1@example.com"}]}"#;
    panel.switch(&json!({"match": {"function": "Email::list_pops"}, "answer": "raw", "body": listed}));
    let sent = || panel.counters().calls("Email::passwd_pop");
    let before = sent();
    let run = place.cprekey(["resume", "last", "--yes", "--max-changes", "0"]).on(&panel).run();
    assert!(run.stderr.contains("1 changes are more than --max-changes 0"), "{run}");
    assert_eq!((run.code, sent()), (5, before), "{run}");
    let resume = place.cprekey(["resume", "last", "--max-changes", "1"]).on(&panel).env("TERM", "xterm");
    let mut running = resume.at_terminal("").stdin_left_open().start();
    cprekey_tests::eventually("the question", || running.shown().contains("Give 1 mailbox on"));
    running.type_in("n\n");
    let run = running.wait();
    assert_eq!((run.code, sent()), (130, before), "{run}");
    let run = place.cprekey(["resume", "last", "--yes", "--max-changes", "1"]).on(&panel).run();
    assert_eq!(run.outcomes(), ["changed", "changed", "refused"], "{run}");
    assert_eq!(sent(), before + 1, "{run}");
}
