//! Runs on the server itself, by its own programs.

use std::collections::BTreeSet;

use cprekey_tests::Person;
use serde_json::{Value, json};

use crate::detectors::writes::INPUT;
use crate::ground::{Ground, SHOP};

/// Applies the list as this person, where local programs are so; gives where secrets stood by right.
fn applied(person: Person, local: &Value) -> BTreeSet<String> {
    let ground = Ground::new();
    ground.panel.behaviour(&json!({"local": local}));
    ground.panel.switch(&json!([
        {"match": {"function": "Email::passwd_pop", "address": "user2@example.com", "count": 1}, "answer": "die"},
        {"match": {"function": "Email::passwd_pop", "address": "user3@example.com"}, "answer": "refuse", "text": "No."},
    ]));
    let (run, by_right) = ground.scan_with(ground.apply().locally(&ground.panel, person), &[]);
    assert_eq!(run.code, 3, "{run}");
    assert!(ground.panel.counters().calls("Email::passwd_pop") > 4);
    assert!(by_right.iter().any(|place| place.ends_with("failed.csv")), "{by_right:?}");
    by_right
}

/// SEC-02, SEC-03, SEC-13: root's programs take passwords on their standard input.
#[test]
fn locally_as_root() {
    assert!(applied(Person::Root, &json!({})).contains(INPUT));
}

/// SEC-02, SEC-03, SEC-13: and so do an account's own.
#[test]
fn locally_as_an_account_by_standard_input() {
    assert!(applied(SHOP, &json!({})).contains(INPUT));
}

/// SEC-02, SEC-13, SEC-16: or by files that are there for that moment, for their owner alone.
#[test]
fn locally_as_an_account_by_files() {
    let by_right = applied(SHOP, &json!({"json": []}));
    let files = by_right.iter().filter(|place| place.starts_with("/dev/shm/cprekey-")).count();
    assert!(files > 4 && !by_right.contains(INPUT), "{by_right:?}");
}
