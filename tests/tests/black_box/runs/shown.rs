//! `runs` and `report`: what is kept is shown, audited, and turned into reports.

use std::fs;

use cprekey_tests::Place;
use serde_json::{Value, json};

use super::{journals, kept, killed_at, only_run, ready};

#[test]
fn runs_are_listed_newest_first_in_columns() {
    let place = Place::new();
    let none = place.cprekey(["runs"]).run();
    assert_eq!((none.code, none.stdout.as_str()), (0, ""), "{none}");
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    place.apply("list.csv").on(&panel).run();
    let run = place.cprekey(["runs"]).run();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!((run.code, lines.len()), (0, 3), "{run}");
    assert!(lines[0].starts_with("RUN") && lines[0].ends_with("PANEL"), "{run}");
    // Two runs of one second are told apart by chance.
    let cut_off = lines.iter().find(|line| line.contains("cut off")).unwrap();
    assert!(cut_off.contains("1 changed, 1 not-tried, 1 unknown") && cut_off.contains("list.csv"), "{run}");
    assert!(lines.iter().any(|line| line.contains("ended") && line.contains("3 changed")), "{run}");
    let ids: Vec<&str> = lines[1..].iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(ids[0] > ids[1], "{run}");
}

#[test]
fn runs_as_json_is_an_object_a_line() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &[]);
    let run = place.cprekey(["runs", "--output", "json"]).run();
    let object: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!(object["run"], only_run(&place), "{run}");
    assert_eq!((&object["state"], &object["rows"]), (&json!("cut off"), &json!(3)), "{run}");
    assert_eq!((&object["counts"]["unknown"], &object["user"]), (&json!(1), &json!("shop")), "{run}");
    fs::write(journals(&place).pop().unwrap(), "no journal\n").unwrap();
    let run = place.cprekey(["runs", "--output", "json"]).run();
    let object: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!((run.code, &object["state"]), (1, &json!("damaged")), "{run}");
    assert!(object["error"].as_str().unwrap().contains("line 1"), "{run}");
}

#[test]
fn a_run_says_who_did_what_and_how_to_go_on() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &["--reason", "Everybody gets a \u{1b}[2Jnew one", "--ticket", "HD-1234"]);
    let id = only_run(&place);
    let run = place.cprekey(["runs", "show", "last"]).run();
    for words in [
        "cut off",
        "Everybody gets a \\u{1b}[2Jnew one",
        "HD-1234",
        "list.csv",
        "--rate=none",
        "row 3  user2@example.com  interrupted",
        &format!("next: cprekey resume {id} goes on with 2 rows that are left"),
    ] {
        assert!(run.stdout.contains(words), "{words}: {run}");
    }
    assert!(!run.stdout.contains('\u{1b}'), "{run}");
}

/// Issue 5: the audit names every session, and no secret; its checksum is that of the last line.
#[test]
fn an_audit_tells_every_session() {
    let (place, panel) = ready(3);
    killed_at(&place, &panel, 2, &["--ticket", "HD-1"]);
    place.cprekey(["resume", "last", "--yes", "--ticket", "HD-2", "--reason", "cut off at noon"]).on(&panel).run();
    let run = place.cprekey(["runs", "audit", "last"]).run();
    let journal = fs::read_to_string(journals(&place).pop().unwrap()).unwrap();
    let last: Value = serde_json::from_str(journal.lines().last().unwrap()).unwrap();
    let lines = format!("{}, each follows the one before it", journal.lines().count());
    for words in ["HD-1", "HD-2", "cut off at noon", "ended", "3 changed", &lines, last["sum"].as_str().unwrap()] {
        assert!(run.stdout.contains(words), "{words}: {run}");
    }
    assert_eq!((run.code, run.stdout.matches("  by ").count()), (0, 2), "{run}");
}

/// PRC-05: a report can be had again from the journal alone, whatever became of the run and of the list.
#[test]
fn a_report_is_rebuilt_from_the_journal_alone() {
    let (place, panel) = ready(4);
    killed_at(&place, &panel, 2, &[]);
    fs::remove_file(place.path("list.csv")).unwrap();
    let run = place.cprekey(["report", "last", "--report", "cut.csv", "--report", "cut.xlsx"]).run();
    assert_eq!(run.code, 0, "{run}");
    let rows = place.report("cut.csv");
    let told: Vec<_> = rows.iter().map(|row| (row.outcome.as_str(), row.reason.as_str())).collect();
    let not_tried = ("not-tried", "interrupted");
    assert_eq!(told, [("changed", ""), ("unknown", "interrupted"), not_tried, not_tried], "{run}");
    assert_eq!(place.report("cut.xlsx").len(), 4);
    place.list("list.csv", 4);
    place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    place.cprekey(["report", "last", "--report", "whole.csv"]).run();
    assert_eq!(place.report("whole.csv"), place.report("report.csv"));
}

/// Two reports of one name are refused, by whichever way it is named, and nothing is written.
#[test]
fn a_report_takes_no_other_ones_place() {
    let (place, panel) = ready(1);
    place.apply("list.csv").on(&panel).run();
    let run = place.cprekey(["report", "last", "--report", "twice.csv", "--report", "./twice.csv"]).run();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("twice.csv would be written over"), "{run}");
    assert!(!place.path("twice.csv").exists());
}

/// What went over a connection that nobody checked is marked in every report, in that of a later session as well.
#[test]
fn a_session_without_a_certificate_check_stays_marked() {
    let (place, panel) = ready(3);
    killed_at_insecurely(&place, &panel);
    let marked = |name: &str| -> Vec<bool> {
        place.report(name).iter().map(|row| row.detail.contains("sent without a certificate check")).collect()
    };
    let ca = panel.ca_file().to_owned();
    let run = place.cprekey(["resume", "last", "--yes"]).args(["--cacert", &ca]).on(&panel).run();
    assert_eq!((run.code, marked("report.csv")), (0, vec![true, true, false]), "{run}");
    place.cprekey(["report", "last", "--report", "again.csv"]).run();
    assert_eq!(marked("again.csv"), marked("report.csv"));
    let audit = place.cprekey(["runs", "audit", "last"]).run();
    assert!(audit.stdout.contains("NOT CHECKED"), "{audit}");
}

fn killed_at_insecurely(place: &Place, panel: &cprekey_tests::Panel) {
    let running = place.apply("list.csv").on(panel).without_trust().args(["--insecure", "--jobs", "1"]).start();
    super::killed(place, panel, 2, running);
}

#[test]
fn runs_are_removed_with_their_keys() {
    let (place, panel) = ready(2);
    place.apply("list.csv").on(&panel).run();
    let run = place.cprekey(["runs", "remove", "last"]).run();
    assert!(run.code == 2 && run.stderr.contains("no terminal"), "{run}");
    let mut running =
        place.cprekey(["runs", "remove", "last"]).env("TERM", "xterm").at_terminal("").stdin_left_open().start();
    cprekey_tests::eventually("the question", || running.shown().contains("[y/N]"));
    running.type_in("n\n");
    assert_eq!((running.wait().code, journals(&place).len()), (130, 1));
    let run = place.cprekey(["runs", "remove", "last", "--yes"]).run();
    assert_eq!((run.code, journals(&place).len()), (0, 0), "{run}");
    assert_eq!(fs::read_dir(kept(&place).join("keys")).unwrap().count(), 0, "{run}");
}
