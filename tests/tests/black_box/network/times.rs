//! How often and how long a panel is asked.

use cprekey_tests::{Panel, Place};
use serde_json::json;

/// NET-33: a verification asks once a mailbox, for the new password alone, so that it locks nobody out.
#[test]
fn a_mailbox_is_verified_once_and_by_its_new_password_alone() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 6, &["--no-hashing"]);
    place.list("list.csv", 6);
    let lie = json!({"match": {"function": "Email::passwd_pop", "address": "user2@example.com"}, "answer": "lie"});
    panel.switch(&lie);
    let run = place.apply("list.csv").on(&panel).args(["--verify", "all"]).run();
    // The lie alone is found: whoever asked for the old passwords would find one in every row.
    let told: Vec<_> = run.report().iter().map(|row| row.reason.clone()).collect();
    assert_eq!(
        (run.code, told),
        (7, ["verified", "mismatch", "verified", "verified", "verified", "verified"].map(str::to_owned).to_vec()),
        "{run}"
    );
    assert_eq!(panel.counters().calls("Email::verify_password"), 6, "{run}");
}

/// NET-32: where the panel cannot verify, no password is called wrong for it, and what was told of a row stands.
#[test]
fn a_verification_that_cannot_be_had_calls_no_password_wrong() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 6, &["--no-hashing"]);
    place.list("list.csv", 6);
    panel.switch(&json!({"match": {"function": "Email::verify_password"}, "answer": "status-503"}));
    let run = place.apply("list.csv").on(&panel).args(["--verify", "all", "--jobs", "1", "--retries", "0"]).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 6]), "{run}");
    assert!(run.report().iter().all(|row| row.reason == "not-verified"), "{run}");
}
