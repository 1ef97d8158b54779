//! Neither a core dump nor another process of the same user shows what is in a program's memory.

use std::fs;

use cprekey_tests::{Panel, Person, Place, eventually};
use serde_json::json;

/// A user of the machine.
const SOMEBODY: Person = Person::User(60001);

/// A place with a list, and a panel that never answers a change.
fn hanging() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.list("list.csv", 1);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "stall"}));
    (place, panel)
}

/// SEC-10: the signals that dump a core end the programs without one, whatever the shell allows.
#[test]
fn a_program_that_is_killed_leaves_no_core() {
    for signal in ["ABRT", "TRAP"] {
        let (place, panel) = hanging();
        // bash says where a core was dumped, be it to a file or to another program.
        let line = "bash -c 'ulimit -c unlimited 2>/dev/null; \"$@\" & echo $! >pid.new; mv pid.new pid; wait $!; echo ended $?' sh {}";
        let running = place.apply("list.csv").on(&panel).in_shell(line).start();
        eventually("a change under way", || panel.counters().calls("Email::passwd_pop") > 0);
        let pid = place.read("pid");
        let limits = fs::read_to_string(format!("/proc/{}/limits", pid.trim())).unwrap();
        let cores = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(cores.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{cores}");
        let sent = std::process::Command::new("kill").args(["-s", signal, pid.trim()]).status().unwrap();
        assert!(sent.success());
        let run = running.wait();
        assert!(run.stdout.contains("ended 1") && !run.stdout.contains("ended 130"), "{signal} ended it: {run}");
        assert!(!run.stderr.contains("core dumped"), "{run}");
        let files = fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name());
        let cores: Vec<_> = files.filter(|name| name.to_string_lossy().starts_with("core")).collect();
        assert!(cores.is_empty(), "{cores:?}");
    }
}

/// SEC-04: where the token is in the environment, another process of the same user reads it there no more once the program runs; nor does
/// it get at the memory or the open files.
#[test]
fn another_process_of_the_user_cannot_look_in() {
    let (place, panel) = hanging();
    let look = "for name in environ maps mem; do if cat /proc/$1/$name >/dev/null 2>&1; then echo $2 $name; fi; done; \
        if ls /proc/$1/fd/ >/dev/null 2>&1; then echo $2 fd; fi";
    let line = format!(
        "look() {{ {look}; }}; sleep 60 & other=$!; {{}} & own=$!; while [ ! -e look ]; do sleep 0.02; done; \
         look $own cprekey; look $other sleep; kill -KILL $own $other; wait"
    );
    let apply = place.apply("list.csv").on(&panel).without_token().env("CPREKEY_TOKEN", panel.token("shop"));
    let running = apply.started_by(SOMEBODY).in_shell(&line).start();
    eventually("a change under way", || panel.counters().calls("Email::passwd_pop") > 0);
    fs::write(place.path("look"), "").unwrap();
    let run = running.wait();
    assert!(!run.stdout.contains("cprekey "), "{run}");
    assert!(run.stdout.contains("sleep environ") && run.stdout.contains("sleep fd"), "the look sees others: {run}");
}
