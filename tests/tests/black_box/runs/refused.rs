//! What is no way to go on: another list, another panel, a journal that cannot be believed, a run that somebody works on.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use cprekey_tests::{Panel, Place, Run, eventually};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{journals, kept, killed_at, only_run, ready, unanswered};

fn resume(place: &Place, panel: &Panel, arguments: &[&'static str]) -> Run {
    place.cprekey(["resume", "last", "--yes"]).args(arguments.iter().copied()).on(panel).run()
}

/// PRC-17: rows that are not as they were are named, and nothing is sent.
#[test]
fn another_list_is_refused_row_by_row() {
    let (place, panel) = ready(5);
    killed_at(&place, &panel, 2, &[]);
    let before = panel.counters().requests();
    let row = |n: usize, end: &str| (format!("user{n}@example.com"), format!("Tide&Orchard#{n}{end}"));
    for (rows, words) in [
        (vec![row(1, ""), row(2, ""), row(3, "x"), row(4, ""), row(5, "")], "row 4: not as it was; nothing was sent"),
        (vec![row(1, ""), row(2, ""), row(3, ""), row(4, "")], "row 6: missing; nothing was sent"),
        (vec![row(1, ""), row(2, ""), row(3, ""), row(4, ""), row(5, ""), row(9, "")], "row 7: new; nothing was sent"),
        (
            vec![row(2, ""), row(1, ""), row(3, ""), row(4, ""), row(5, "")],
            "row 2: not as it was, row 3: not as it was;",
        ),
    ] {
        place.csv("list.csv", rows);
        let run = resume(&place, &panel, &[]);
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains(words) && run.stderr.contains("help:"), "{words}: {run}");
    }
    place.list("list.csv", 5);
    let filtered = resume(&place, &panel, &["--limit", "2"]);
    assert!(filtered.code == 2 && filtered.stderr.contains("row 4: not as it was"), "{filtered}");
    assert_eq!(panel.counters().requests(), before);
    let run = resume(&place, &panel, &[]);
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 5]), "{run}");
}

/// PRC-17: of a long list that is quite another one, ten rows are named.
#[test]
fn no_more_than_ten_rows_are_named() {
    let (place, panel) = ready(14);
    killed_at(&place, &panel, 2, &[]);
    place.csv("list.csv", (1..=14).map(|n| (format!("user{n}@example.com"), format!("Wind=Orchard#{n}"))));
    let run = resume(&place, &panel, &[]);
    assert!(run.code == 2 && run.stderr.contains("row 11: not as it was, and 4 more;"), "{run}");
    assert!(!run.stderr.contains("row 12"), "{run}");
}

#[test]
fn a_list_that_moved_is_named_and_standard_input_is_read_again() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    fs::rename(place.path("list.csv"), place.path("moved.csv")).unwrap();
    place.may_hold_secrets("moved.csv");
    let run = resume(&place, &panel, &[]);
    assert_eq!(run.code, 2, "{run}");
    let run = place.cprekey(["resume", "last", "moved.csv", "--yes"]).on(&panel).run();
    assert_eq!(run.code, 0, "{run}");

    let (place, panel) = ready(3);
    let list = place.read("list.csv");
    panel.switch(&unanswered(2));
    let running = place.cprekey(["apply", "-", "--yes", "--rate", "none"]).on(&panel).stdin(list.clone()).start();
    eventually("a change", || panel.changes().len() >= 2);
    running.signal("KILL");
    running.wait();
    panel.clear_switches();
    let run = resume(&place, &panel, &[]);
    assert!(run.code == 2 && run.stderr.contains("read its list from standard input"), "{run}");
    let run = place.cprekey(["resume", "last", "-", "--yes"]).on(&panel).stdin(list).run();
    assert_eq!((run.code, panel.changes().len()), (0, 3), "{run}");
}

/// PRC-17: another panel is another run.
#[test]
fn another_panel_and_another_user_are_refused() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    let other = Panel::with_mailboxes(&place, 3);
    let run = resume(&place, &other, &[]);
    assert!(run.code == 2 && run.stderr.contains("another panel is another run"), "{run}");
    assert_eq!(other.counters().requests(), 0);
    let before = panel.counters().requests();
    let run = resume(&place, &panel, &["--user", "studio"]);
    assert!(run.code == 2 && run.stderr.contains("another panel is another run"), "{run}");
    assert_eq!(panel.counters().requests(), before);
}

/// PRC-09: while somebody works on a run nobody else does, and nobody removes it.
#[test]
fn a_run_that_goes_on_is_in_use() {
    let (place, panel) = ready(3);
    panel.switch(&unanswered(2));
    let running = place.apply("list.csv").on(&panel).start();
    eventually("a change", || panel.changes().len() >= 2);
    let by = format!("in use by process {}", running.pid());
    let run = resume(&place, &panel, &[]);
    assert!(run.code == 1 && run.stderr.contains(&by), "{run}");
    let run = place.cprekey(["runs", "remove", "last", "--yes"]).run();
    assert!(run.code == 1 && run.stderr.contains(&by), "{run}");
    let run = place.apply("list.csv").on(&panel).run();
    assert!(run.code == 1 && run.stderr.contains(&by), "{run}");
    let run = place.cprekey(["runs"]).run();
    assert!(run.code == 0 && run.stdout.contains("running"), "{run}");
    running.signal("KILL");
    running.wait();
    panel.clear_switches();
    let run = resume(&place, &panel, &[]);
    assert_eq!(run.code, 0, "the lock of a dead process is taken over: {run}");
}

#[test]
fn a_run_is_found_by_a_beginning_that_no_other_has() {
    let (place, panel) = ready(2);
    let none = resume(&place, &panel, &[]);
    assert!(none.code == 2 && none.stderr.contains("there is no such run"), "{none}");
    place.apply("list.csv").on(&panel).run();
    place.apply("list.csv").on(&panel).run();
    let run = place.cprekey(["runs", "show", "20"]).run();
    assert!(run.code == 2 && run.stderr.contains("2 runs begin so"), "{run}");
    let run = place.cprekey(["runs", "show", "../../list"]).run();
    assert!(run.code == 2 && run.stderr.contains("there is no such run"), "{run}");
}

/// A journal's lines with one of them changed, each with a checksum that fits, as whoever forges one would do it.
fn forge(place: &Place, change: impl Fn(usize, &mut Value)) {
    let path = journals(place).pop().unwrap();
    let mut before = "0".repeat(64);
    let mut forged = String::new();
    for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
        let mut object: Value = serde_json::from_str(line).unwrap();
        object.as_object_mut().unwrap().remove("sum");
        change(number, &mut object);
        let body = object.to_string();
        let body = body.strip_suffix('}').unwrap();
        before = hexadecimal(&Sha256::digest(format!("{before}{body}")));
        forged.extend([body, ",\"sum\":\"", &before, "\"}\n"]);
    }
    fs::write(path, forged).unwrap();
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn assert_refused(place: &Place, panel: &Panel, words: &str) {
    let before = panel.counters().requests();
    let run = resume(place, panel, &[]);
    assert!(matches!(run.code, 1 | 2) && run.stderr.contains(words) && run.stderr.contains("help:"), "{words}: {run}");
    assert_eq!(panel.counters().requests(), before, "{run}");
}

/// PRC-17: what a later program wrote is left to it.
#[test]
fn a_journal_of_a_later_version_is_refused_with_the_reason() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    forge(&place, |_, _| {});
    let shown = place.cprekey(["runs", "show", "last"]).run();
    assert_eq!(shown.code, 0, "a journal whose checksums fit is believed: {shown}");
    forge(&place, |number, line| {
        if number == 0 {
            line["options"].as_array_mut().unwrap().push("--of-the-future=1".into());
        }
    });
    assert_refused(&place, &panel, "the run was begun with --of-the-future=1, which this program does not know");
    forge(&place, |number, line| {
        if number == 0 {
            line["version"] = 2.into();
        }
    });
    assert_refused(&place, &panel, "its version is 2, and this program reads versions up to 1");
    for command in [["runs", "show", "last"], ["runs", "audit", "last"]] {
        let run = place.cprekey(command).run();
        assert!(run.code == 1 && run.stderr.contains("its version is 2"), "{run}");
    }
}

/// PRC-18: a journal brings no command with it.
#[test]
fn a_journal_that_names_a_command_is_refused() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    forge(&place, |number, line| {
        if number == 0 {
            line["options"].as_array_mut().unwrap().push("--token-command=touch owned".into());
        }
    });
    assert_refused(&place, &panel, "the journal has an option that no journal keeps");
    assert!(!place.path("owned").exists());
}

/// PRC-18: a journal that others could have written, or that is none, is not believed.
#[test]
fn a_journal_that_others_could_have_written_is_refused() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    let path = journals(&place).pop().unwrap();
    let whole = fs::read(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_refused(&place, &panel, "others may read or write it");
    fs::remove_file(&path).unwrap();
    let elsewhere = place.private("elsewhere", &whole);
    symlink(&elsewhere, &path).unwrap();
    assert_refused(&place, &panel, "it is a symbolic link");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let run = resume(&place, &panel, &[]);
    assert!(run.code != 0, "{run}");
    fs::remove_dir(&path).unwrap();
    let file = OpenOptions::new().create_new(true).write(true).open(&path).unwrap();
    file.set_permissions(fs::Permissions::from_mode(0o600)).unwrap();
    file.set_len(5 << 30).unwrap();
    // Not searched for secrets: it is long, and holds nothing.
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).start().end();
    assert!(run.code == 1 && run.stderr.contains("it is longer than any journal"), "{run}");
    file.set_len(0).unwrap();
    fs::write(&path, whole).unwrap();
    fs::set_permissions(kept(&place).join("runs"), fs::Permissions::from_mode(0o777)).unwrap();
    let run = place.apply("list.csv").on(&panel).run();
    assert!(run.code == 1 && run.stderr.contains("others may write into it"), "{run}");
}

/// PRC-03: what was changed by hand is not believed, and the line is named.
#[test]
fn a_journal_that_was_changed_is_damaged() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    let path = journals(&place).pop().unwrap();
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replacen("user2@example.com", "user3@example.com", 1)).unwrap();
    assert_refused(&place, &panel, "line 2 is damaged, or was changed by hand");
    let run = place.cprekey(["runs"]).run();
    assert!(run.code == 1 && run.stdout.contains("damaged"), "{run}");
    let run = place.cprekey(["runs", "audit", "last"]).run();
    assert!(run.code == 1 && run.stderr.contains("line 2 is damaged"), "{run}");
    // A torn tail is none.
    let cut = whole.trim_end().len() - 7;
    fs::write(&path, &whole[..cut]).unwrap();
    let run = place.cprekey(["runs", "audit", "last"]).run();
    assert!(run.code == 0 && run.stdout.contains("bytes at the end that were not written whole"), "{run}");
    let run = resume(&place, &panel, &[]);
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
    let run = place.cprekey(["runs", "audit", "last"]).run();
    assert!(run.code == 0 && run.stdout.contains("bytes of a line that was not written whole"), "{run}");
    let id = only_run(&place);
    OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{}\n").unwrap();
    let run = place.cprekey(["runs", "remove", &id, "--yes"]).run();
    assert_eq!((run.code, journals(&place).len()), (0, 0), "a damaged one can be removed: {run}");
}
