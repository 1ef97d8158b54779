//! The harness itself: a run that lets a secret out fails its test, and one that does not passes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cprekey_tests::{Panel, Place, eventually};

#[test]
fn a_list_is_applied_in_ten_lines() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("user2@example.com", "Wind=Orchard#8")]);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.outcomes(), ["changed", "changed"]);
    assert!(panel.verify("user1@example.com", "Tide&Orchard#7"));
    assert!(!panel.verify("user1@example.com", "before-This-1!"));
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 2);
}

#[test]
fn a_secret_that_comes_to_light_fails_the_test() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7")]);
    // The panel's own words go into the report, and here they are the secret.
    panel.switch(&serde_json::json!({"answer": "refuse", "text": "not Tree&Orchard#9"}));
    place.secret("Tree&Orchard#9");
    let panic = catch_unwind(AssertUnwindSafe(|| place.apply("list.csv").on(&panel).run())).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.starts_with("secrets came to light in") && message.contains("report.csv"), "{message}");
}

#[test]
fn what_a_shell_started_ends_with_it() {
    let place = Place::new();
    let line = "tail -f /dev/null & echo $! >pid.new; mv pid.new pid; wait; {}";
    let running = place.cprekey(["check", "list.csv"]).in_shell(line).start();
    eventually("a process in the background", || place.path("pid").exists());
    let status = format!("/proc/{}/status", place.read("pid").trim());
    // For a moment after its number is known it is still a shell.
    eventually("the start of tail", || std::fs::read_to_string(&status).unwrap().contains("tail"));
    drop(running);
    // It is gone, or dead and not yet buried.
    let is_over = || std::fs::read_to_string(&status).map_or(true, |status| status.contains("State:\tZ"));
    eventually("the end of the process in the background", is_over);
}
