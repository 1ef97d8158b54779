//! Programs that hang, die, babble or lie.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use cprekey_tests::{Person, Place, eventually};
use serde_json::{Value, json};

use super::ground::{SHOP, ready};

const CHANGE: &str = "Email::passwd_pop";

/// A yes and a no as a program of the account prints them.
const YES: &str = r#"{"result":{"status":1,"data":null,"errors":null,"messages":null}}"#;
const NO: &str = r#"{"result":{"status":0,"data":null,"errors":["No."],"messages":null}}"#;

/// What the row comes to: its outcome, its reason, and the exit code.
type Fate = (&'static str, &'static str, i32);

const UNKNOWN: Fate = ("unknown", "bad-answer", 7);
const REFUSED: Fate = ("refused", "rejected", 3);
const CHANGED: Fate = ("changed", "", 0);

/// Applies a list of one row to programs that do this to a change and behave like that.
fn assert_fate(person: Person, rule: &Value, local: &Value, options: &[&str], expected: Fate) {
    let (place, panel) = ready(1);
    panel.behaviour(&json!({"local": local}));
    let mut rule = rule.clone();
    if !rule.is_null() {
        rule["match"] = json!({"function": CHANGE});
        panel.switch(&rule);
    }
    let run = place.apply("list.csv").locally(&panel, person).args(["--retries", "0"]).args(options).run();
    let row = &run.report()[0];
    assert_eq!((&*row.outcome, &*row.reason, run.code), expected, "{person:?}, {rule}, {local}: {row:?} {run}");
    let is_set = panel.verify("user1@example.com", "Tide&Orchard#1");
    let is_told = match expected.0 {
        "changed" => Some(true),
        "refused" => Some(false),
        _ => None,
    };
    assert!(is_told.is_none_or(|told| told == is_set), "{person:?}, {rule}: {row:?}, and in truth {is_set}");
    eventually("the end of all programs", || panel.counters().local_calls_now() == 0);
}

#[test]
fn the_envelope_alone_decides_and_only_where_nothing_speaks_against_it() {
    let raw = |body: &str| json!({"answer": "raw", "body": body});
    let calm = json!({});
    for (rule, local, expected) in [
        (json!({"answer": "die", "when": "before"}), &calm, UNKNOWN),
        (json!({"answer": "die", "when": "after"}), &calm, UNKNOWN),
        (json!({"answer": "die", "when": "after", "signal": 15}), &calm, UNKNOWN),
        (json!({"answer": "stderr", "text": "Something is {odd}."}), &calm, CHANGED),
        (json!({"answer": "exit", "code": 1}), &calm, UNKNOWN),
        (json!({"answer": "exit", "code": 255}), &calm, UNKNOWN),
        (json!({"answer": "refuse", "text": "No."}), &calm, REFUSED),
        (json!({"answer": "refuse", "text": "No."}), &json!({"exit_code": 1}), REFUSED),
        (json!({"answer": "refuse", "text": "No."}), &json!({"warnings": "both"}), REFUSED),
        (Value::Null, &json!({"warnings": "both"}), CHANGED),
        (Value::Null, &json!({"warnings": "stdout-before"}), CHANGED),
        (json!({"answer": "garbage"}), &calm, UNKNOWN),
        (json!({"answer": "empty"}), &calm, UNKNOWN),
        (json!({"answer": "truncated"}), &calm, UNKNOWN),
        (json!({"answer": "big-body"}), &calm, UNKNOWN),
        (json!({"answer": "no-status"}), &calm, UNKNOWN),
        (json!({"answer": "noise-after", "text": "Have a nice day!"}), &calm, UNKNOWN),
        (raw("Usage: uapi [options] Module function key=value\n"), &calm, UNKNOWN),
        (raw("--- \nresult: \n  status: 1\n"), &calm, UNKNOWN),
        (raw(&format!("{YES}\n{YES}\n")), &calm, UNKNOWN),
        (raw(&format!("{YES}\n{NO}\n")), &calm, UNKNOWN),
        (raw(&format!("{NO}{YES}")), &calm, UNKNOWN),
    ] {
        for person in [SHOP, Person::Root] {
            assert_fate(person, &rule, local, &["--verify", "none"], expected);
        }
    }
}

#[test]
fn what_hangs_is_ended_with_all_that_it_started() {
    let hangs = [(false, false), (true, false), (false, true), (true, true)];
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(hangs.len());
        let rule = |(number, (stubborn, child)): (usize, (bool, bool))| {
            let address = format!("user{number}@example.com");
            json!({"match": {"function": CHANGE, "address": address}, "answer": "hang", "stubborn": stubborn, "child": child})
        };
        panel.switch(&(1..).zip(hangs).map(rule).collect());
        let options = ["--verify", "none", "--timeout", "1", "--retries", "0", "--jobs", "4"];
        let run = place.apply("list.csv").locally(&panel, person).args(options).run();
        assert_eq!(run.code, 7, "{run}");
        assert!(run.report().iter().all(|row| row.outcome == "unknown" && row.reason == "timeout"), "{run}");
        eventually("the end of all programs", || panel.counters().local_calls_now() == 0);
    }
}

#[test]
fn whoever_lies_is_found_out() {
    for person in [SHOP, Person::Root] {
        let lie = json!({"answer": "lie"});
        assert_fate(person, &lie, &json!({}), &["--verify", "all"], ("unknown", "mismatch", 7));
        let died = json!({"answer": "die", "when": "after"});
        assert_fate(person, &died, &json!({}), &[], ("changed", "verified", 0));
    }
    // Both verdicts of WHM have to say yes.
    assert_fate(Person::Root, &json!({"answer": "whm-result-0"}), &json!({}), &["--verify", "none"], UNKNOWN);
}

#[test]
fn what_died_is_not_started_again_for_nothing() {
    let (place, panel) = ready(1);
    panel.switch(&json!({"match": {"function": CHANGE, "count": 1}, "answer": "hang"}));
    let options = ["--timeout", "1", "--retries", "1", "--verify", "none"];
    let run = place.apply("list.csv").locally(&panel, SHOP).args(options).run();
    assert_eq!((run.code, run.report()[0].attempts), (0, 2), "a timeout is tried again: {run}");
}

#[test]
fn programs_that_hang_from_the_beginning_are_told_and_can_be_interrupted() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(1);
        panel.switch(&json!({"answer": "hang", "match": {"by": "program"}}));
        let run = place.apply("list.csv").locally(&panel, person).args(["--timeout", "0.3", "--retries", "0"]).run();
        assert!(run.code == 1 && run.stderr.contains("no answer within 0.3 s"), "{run}");
        assert!(!run.stderr.contains("--allow-argv"), "that would not help: {run}");
        let calls = panel.counters().local_calls();
        let running = place.apply("list.csv").locally(&panel, person).start();
        eventually("a program that hangs", || panel.counters().local_calls() > calls);
        running.signal("INT");
        let run = running.wait();
        assert_eq!(run.code, 130, "{run}");
        eventually("the end of all programs", || panel.counters().local_calls_now() == 0);
    }
}

#[test]
fn what_never_ends_is_cut_off() {
    let (place, server) = (Place::new(), Place::new());
    place.list("list.csv", 1);
    let yes = r#"{"result":{"status":1,"data":{"strength":65,"user":"shop","domain":"example.com"},"errors":null}}"#;
    let script = format!("#!/bin/sh\ncase \"$*\" in *passwd_pop*) yes '{{';; *) echo '{yes}';; esac\n");
    let program = server.path("uapi");
    fs::write(&program, script).unwrap();
    for path in [server.path(""), program] {
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    }
    let bin = server.path("");
    let options = ["--local", "--bin-dir", bin.to_str().unwrap(), "--verify", "none", "--retries", "0"];
    let run = place.apply("list.csv").started_by(SHOP).args(options).run();
    let row = &run.report()[0];
    assert_eq!((run.code, &*row.outcome, &*row.reason), (7, "unknown", "bad-answer"), "{run}");
    assert!(row.detail.contains("larger than"), "{row:?}");
}

#[test]
fn what_a_program_leaves_running_does_not_hold_up_its_answer() {
    let (place, server) = (Place::new(), Place::new());
    place.list("list.csv", 1);
    let left = server.path("left");
    let yes = r#"{"result":{"status":1,"data":{"strength":65,"user":"shop","domain":"example.com"},"errors":null}}"#;
    let daemon = format!("sleep 300 & echo $! >'{}'", left.display());
    let script = format!("#!/bin/sh\ncase \"$*\" in *passwd_pop*) {daemon};; esac\necho '{yes}'\n");
    let program = server.path("uapi");
    fs::write(&program, script).unwrap();
    fs::write(&left, "").unwrap();
    for (path, mode) in [(server.path(""), 0o755), (program, 0o755), (left.clone(), 0o666)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let bin = server.path("");
    let options = ["--local", "--bin-dir", bin.to_str().unwrap(), "--verify", "none", "--timeout", "60"];
    let run = place.apply("list.csv").started_by(SHOP).args(options).run();
    let number = fs::read_to_string(&left).unwrap();
    let ended = Command::new("kill").args(["-KILL", number.trim()]).status().unwrap();
    assert!(ended.success(), "what it left running was ended: {run}");
    assert_eq!((run.code, &*run.report()[0].outcome), (0, "changed"), "{run}");
}
