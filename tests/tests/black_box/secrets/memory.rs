//! Secrets are locked in memory where that is allowed, and do not stay there once they are of no more use.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};

use cprekey_tests::{Panel, Person, Place, Running, eventually};
use serde_json::json;

/// A user of the machine.
const SOMEBODY: Person = Person::User(60001);

const ROWS: usize = 40;

/// A place with a list, and a panel that never answers the last change.
fn hanging_at_the_last() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, ROWS, &["--no-hashing"]);
    place.list("list.csv", ROWS);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop", "from": ROWS}, "answer": "stall"}));
    (place, panel)
}

fn wait_for_the_last(panel: &Panel) {
    eventually("the last change under way", || panel.counters().calls("Email::passwd_pop") == ROWS as u64);
}

/// How many KiB of a process are locked.
fn locked(running: &Running<'_>) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", running.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmLck:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// SEC-11: under a limit, what of the secrets has room in it is locked.
#[test]
fn secrets_are_locked_as_far_as_the_limit_lets_them() {
    let (place, panel) = hanging_at_the_last();
    let apply = place.apply("list.csv").on(&panel).args(["--jobs", "1"]).started_by(SOMEBODY);
    let running = apply.in_shell("ulimit -l 64; exec {}").start();
    wait_for_the_last(&panel);
    let locked = locked(&running);
    assert!((4..=64).contains(&locked), "{locked} KiB are locked");
}

/// SEC-11: where no memory may be locked a run is as any other, and says so to those who want to know more.
#[test]
fn without_a_limit_to_lock_in_a_run_is_the_same() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    place.list("list.csv", 2);
    let run = |options: &[&str]| {
        let apply = place.apply("list.csv").on(&panel).args(options.iter().copied()).started_by(SOMEBODY);
        apply.in_shell("ulimit -l 0; {}").run()
    };
    let silent = run(&[]);
    assert_eq!((silent.code, silent.outcomes()), (0, vec!["changed"; 2]), "{silent}");
    assert!(!silent.stderr.contains("swapped"), "{silent}");
    let told = run(&["--verbose"]);
    assert_eq!(told.stderr.matches("the passwords of 2 rows may be swapped to disk").count(), 1, "{told}");
}

/// How often each text stands in the memory of a process.
fn in_memory(process: u32, texts: &[&str]) -> Vec<usize> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut counts = vec![0; texts.len()];
    for line in maps.lines().filter(|line| line.contains(" rw") && !line.contains("[v")) {
        let (start, end) = line.split_whitespace().next().unwrap().split_once('-').unwrap();
        let [start, end] = [start, end].map(|number| u64::from_str_radix(number, 16).unwrap());
        let mut bytes = Vec::new();
        memory.seek(SeekFrom::Start(start)).unwrap();
        // What was never touched, or is a device's, cannot be read.
        let _unreadable = memory.by_ref().take(end - start).read_to_end(&mut bytes);
        for (count, text) in counts.iter_mut().zip(texts) {
            *count += bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count();
        }
    }
    counts
}

/// SEC-12: passwords are in memory while their row is under way and not longer, whatever list they come from.
#[test]
fn a_settled_password_is_in_memory_no_more() {
    for list in ["list.csv", "list.xlsx"] {
        let (place, panel) = hanging_at_the_last();
        let password = |row| format!("Settled-Canary-{row:02}!");
        let rows: Vec<_> = (1..=ROWS).map(|row| (format!("user{row}@example.com"), password(row))).collect();
        if list == "list.csv" {
            place.csv(list, rows)
        } else {
            place.xlsx(list, rows)
        };
        // Whoever made the namespace, or is root, looks into a process that nobody else can.
        let running = place.apply(list).on(&panel).args(["--jobs", "1"]).started_by(Person::Root).start();
        wait_for_the_last(&panel);
        let (settled, last) = (password(ROWS / 2), password(ROWS));
        let counts = in_memory(running.pid(), &["Settled-Canary-", &settled, &last, panel.token("shop")]);
        assert_eq!((counts[0], counts[1]), (counts[2], 0), "{list}: no settled password is there: {counts:?}");
        // What the credential is, what the panel's words are searched for, and the header of the connection.
        assert!(counts[2] == 1 && counts[3] <= 3, "{list}: the password under way, and the token: {counts:?}");
    }
}
