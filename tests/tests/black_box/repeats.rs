//! Addresses that stand in a list more than once.

use cprekey_tests::Place;
use serde_json::json;

use crate::reset::{NASTY, lenient_panel};

#[test]
fn an_address_listed_twice_is_sent_once_and_told_twice() {
    let place = Place::new();
    let panel = lenient_panel(&place, 2);
    let rows = [("user1@example.com", NASTY), ("user2@example.com", "third-one"), ("User1@EXAMPLE.com", NASTY)];
    place.csv("list.csv", rows);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.row, row.outcome.as_str())).collect();
    assert_eq!(told, [(2, "changed"), (3, "changed"), (4, "changed")]);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 2);
    assert!(panel.verify("user1@example.com", NASTY));
}

#[test]
fn what_becomes_of_the_first_becomes_of_its_repeat() {
    let place = Place::new();
    let panel = lenient_panel(&place, 3);
    let rows = [1, 1, 2, 2, 3, 3].map(|n| (format!("user{n}@example.com"), NASTY));
    place.csv("list.csv", rows);
    panel.switch(&json!({"match": {"address": "user1@example.com"}, "answer": "refuse", "text": "no"}));
    let run = place.apply("list.csv").on(&panel).args(["--limit", "2", "--failed", "again.csv"]).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["refused", "refused", "changed", "changed", "skipped", "skipped"]);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 2);
    assert_eq!(place.read("again.csv").matches("user1@example.com").count(), 2, "both rows are to be tried again");
}

#[test]
fn an_address_with_two_passwords_is_not_sent() {
    let place = Place::new();
    let panel = lenient_panel(&place, 2);
    place.csv(
        "list.csv",
        [("user1@example.com", "first-one"), ("user2@example.com", "third-one"), ("USER1@example.com", "second-one")],
    );
    let run = place.apply("list.csv").on(&panel).args(["--skip-invalid"]).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["invalid", "changed", "invalid"]);
    assert_eq!([0, 2].map(|row| run.report()[row].reason.as_str()), ["conflict"; 2]);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 1);
}
