//! Passwords are neither in arguments nor in the environment of a process, nor in files that others can read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use cprekey_tests::{Panel, Person, Place, eventually};
use serde_json::{Value, json};

use super::ground::{SHOP, ready};
use super::trace::{Trace, named_file, traced};

/// What every password of the list begins with.
const CANARY: &str = "Tide&Orchard";

/// Where private files lie.
const PRIVATE: &str = "/dev/shm/cprekey-";

/// Applies a list of three rows with these settings of the local programs.
fn applied(person: Person, local: &Value, options: &[&str]) -> (Place, Panel, Trace) {
    let (place, panel) = ready(3);
    panel.behaviour(&json!({"local": local}));
    if options.contains(&"--allow-argv") {
        place.may_hold_secrets(
            panel.state().join("command_log").strip_prefix(place.path("")).unwrap().to_str().unwrap(),
        );
    }
    let (run, trace) = traced(&place, place.apply("list.csv").locally(&panel, person).args(options));
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
    assert!(trace.of("execve").len() > 3, "the programs were not seen");
    (place, panel, trace)
}

#[test]
fn nobody_sees_a_password_that_goes_by_standard_input() {
    for person in [SHOP, Person::Root] {
        let (place, panel, trace) = applied(person, &json!({}), &[]);
        place.assert_no_leak(&[("what the system saw", trace.public().as_bytes())]);
        assert_eq!(trace.files_with(CANARY), Vec::<&str>::new());
        assert!(panel.command_log().iter().all(|call| call["environment"] == json!(["PATH"])));
    }
}

#[test]
fn nobody_sees_a_password_that_goes_by_a_file() {
    let (place, _panel, trace) = applied(SHOP, &json!({"json": []}), &[]);
    place.assert_no_leak(&[("what the system saw", trace.public().as_bytes())]);
    let files = trace.files_with(CANARY);
    assert!(files.len() == 3 && files.iter().all(|file| file.starts_with(PRIVATE)), "{files:?}");
    for file in files {
        assert_private(&trace, file);
    }
}

/// It was made for its owner alone, in a folder for its owner alone, and is gone.
fn assert_private(trace: &Trace, file: &str) {
    let folder = Path::new(file).parent().unwrap();
    let made = trace.of("mkdir").into_iter().find(|line| Path::new(named_file(line)) == folder);
    assert!(made.is_some_and(|line| line.contains(", 0700")), "{file}: {made:?}");
    let opened = trace.of("openat").into_iter().find(|line| named_file(line) == file);
    assert!(opened.is_some_and(|line| line.contains("O_CREAT|O_EXCL") && line.contains(", 0600")), "{opened:?}");
    assert!(!folder.exists(), "what held {file} was left");
}

#[test]
fn a_password_in_an_argument_is_seen_where_that_was_allowed() {
    for (person, word) in [(SHOP, "\"password=Tide%26Orchard%231\""), (Person::Root, "\"password=Tide%26Orchard%231\"")]
    {
        let (place, _panel, trace) = applied(person, &json!({"json": [], "at_file": []}), &["--allow-argv"]);
        assert!(trace.of("execve").iter().any(|line| line.contains(word)), "{person:?}");
        let look = || place.assert_no_leak(&[("what the system saw", trace.public().as_bytes())]);
        let panic = catch_unwind(AssertUnwindSafe(look)).unwrap_err();
        assert!(panic.downcast_ref::<String>().unwrap().contains("Tide%26Orchard%23"));
    }
}

#[test]
fn allow_argv_is_the_only_way_past_and_says_who_can_read() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(1);
        panel.behaviour(&json!({"local": {"json": [], "at_file": []}}));
        for command in ["plan", "apply"] {
            let run = place.cprekey([command, "list.csv", "--rate", "none"]).locally(&panel, person).run();
            assert!(run.code == 2 && run.stderr.contains("--allow-argv"), "{run}");
        }
        assert_eq!(panel.counters().calls("Email::passwd_pop"), 0);
        place.may_hold_secrets(
            panel.state().join("command_log").strip_prefix(place.path("")).unwrap().to_str().unwrap(),
        );
        let run = place.apply("list.csv").locally(&panel, person).args(["--allow-argv"]).run();
        assert!(run.code == 0 && run.stderr.contains("warning: --allow-argv: "), "{run}");
        assert!(run.stderr.contains("other users of this server can read"), "{run}");
        assert!(panel.verify("user1@example.com", "Tide&Orchard#1"));
    }
}

/// Folders of private files that are there now and have this password.
fn left(password: &str) -> Vec<String> {
    let folders = std::fs::read_dir("/dev/shm").unwrap().map(|entry| entry.unwrap().path());
    let ours = folders.filter(|folder| folder.to_str().is_some_and(|folder| folder.starts_with(PRIVATE)));
    let file = ours.map(|folder| folder.join("1"));
    let holds = |file: &std::path::PathBuf| std::fs::read_to_string(file).is_ok_and(|text| text == password);
    file.filter(holds).map(|file| file.display().to_string()).collect()
}

#[test]
fn private_files_are_gone_however_a_program_ends() {
    for (rule, options) in [
        (json!({"answer": "die", "when": "before"}), vec!["--retries", "0"]),
        (json!({"answer": "hang"}), vec!["--retries", "0", "--timeout", "1"]),
        (json!({"answer": "hang", "child": true, "stubborn": true}), vec!["--retries", "0", "--timeout", "1"]),
    ] {
        let (place, panel) = ready(1);
        let password = format!("Tide&Orchard#{}", options.len());
        place.csv("list.csv", [("user1@example.com", &password)]);
        panel.behaviour(&json!({"local": {"json": []}}));
        panel.switch(&on_change(&rule));
        let run = place.apply("list.csv").locally(&panel, SHOP).args(options).args(["--verify", "none"]).run();
        assert_eq!((run.code, run.outcomes()), (7, vec!["unknown"]), "{run}");
        assert_eq!(left(&password), Vec::<String>::new(), "{rule}");
    }
}

#[test]
fn private_files_are_gone_after_an_interruption() {
    let (place, panel) = ready(1);
    let password = "Tide&Orchard#interrupted";
    place.csv("list.csv", [("user1@example.com", password)]);
    panel.behaviour(&json!({"local": {"json": []}}));
    panel.switch(&on_change(&json!({"answer": "hang"})));
    let running = place.apply("list.csv").locally(&panel, SHOP).args(["--verify", "none"]).start();
    eventually("a call that hangs", || panel.counters().calls("Email::passwd_pop") > 0);
    assert_eq!(left(password).len(), 1, "it lies there while it is needed");
    running.signal("INT");
    // The second leaves at once.
    eventually("the first to be taken", || running.complained().contains("interrupt"));
    running.signal("INT");
    let run = running.wait();
    assert_eq!((run.code, run.outcomes()), (130, vec!["unknown"]), "{run}");
    assert_eq!(left(password), Vec::<String>::new());
    eventually("the end of the program", || panel.counters().local_calls_now() == 0);
}

/// SEC-13: what a run leaves in a private file because it is killed outright, the next run removes, and what another has under way it does not.
#[test]
fn private_files_of_a_run_that_was_killed_are_gone_with_the_next() {
    let (place, panel) = ready(2);
    let passwords = ["Tide&Orchard#killed", "Tide&Orchard#alive"];
    let lists = ["killed.csv", "alive.csv"];
    for ((list, password), address) in lists.into_iter().zip(passwords).zip(["user1@example.com", "user2@example.com"])
    {
        place.csv(list, [(address, password)]);
    }
    panel.behaviour(&json!({"local": {"json": []}}));
    panel.switch(&on_change(&json!({"answer": "hang"})));
    let apply = |list| place.cprekey(["apply", list, "--yes", "--verify", "none"]).locally(&panel, SHOP);
    let [killed, alive] = lists.map(|list| apply(list).start());
    eventually("calls that hang", || panel.counters().calls("Email::passwd_pop") == 2);
    killed.signal("KILL");
    assert_eq!(killed.wait().code, 137);
    assert_eq!(passwords.map(|password| left(password).len()), [1, 1]);
    panel.clear_switches();
    let next = || assert_eq!(apply("killed.csv").run().code, 0);
    next();
    assert_eq!(passwords.map(|password| left(password).len()), [0, 1]);
    drop(alive);
    next();
    assert_eq!(passwords.map(|password| left(password).len()), [0, 0]);
}

fn on_change(answer: &Value) -> Value {
    let mut rule = answer.clone();
    rule["match"] = json!({"function": "Email::passwd_pop"});
    rule
}
