//! What a run leaves behind: its reports, and the list of the rows to try again.

use std::collections::BTreeMap;
use std::fs;

use calamine::{Reader as _, open_workbook_auto};
use cprekey_tests::{HEADER, Invocation, Panel, Place};
use serde_json::{Value, json};

const PASSWORD: &str = "Tide&Orchard#7";

/// A row of every kind that a run can end with, but for those that want a broken panel.
fn mixed_list(place: &Place) {
    place.csv(
        "list.csv",
        [
            ("user1@example.com", PASSWORD),
            ("user2@example.com", "weak1"),
            ("gone@example.com", PASSWORD),
            ("an na@example.com", PASSWORD),
            ("user3@example.com", PASSWORD),
            ("user4@example.com", PASSWORD),
            ("USER1@example.com", PASSWORD),
        ],
    );
}

fn apply_mixed<'a>(place: &'a Place, panel: &'a Panel) -> Invocation<'a> {
    mixed_list(place);
    place.apply("list.csv").on(panel).args(["--skip-invalid", "--exclude", "user4@*"])
}

#[test]
fn every_look_of_a_report_says_the_same() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    let run = apply_mixed(&place, &panel).args(["--report", "report.xlsx", "--report", "report.ndjson"]).run();
    assert_eq!(run.code, 3, "{run}");
    let rows: Vec<_> = run.report().iter().map(|row| (row.row, row.target.as_str(), row.outcome.as_str())).collect();
    let expected = [
        (2, "user1@example.com", "changed"),
        (3, "user2@example.com", "refused"),
        (4, "gone@example.com", "refused"),
        (5, "", "invalid"),
        (6, "user3@example.com", "changed"),
        (7, "user4@example.com", "skipped"),
        (8, "USER1@example.com", "changed"),
    ];
    assert_eq!(rows, expected);
    assert_eq!(place.report("report.xlsx"), run.report());
    assert_eq!(place.report("report.ndjson"), run.report());
}

#[test]
fn a_report_has_the_documented_columns_and_reasons() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    let run = apply_mixed(&place, &panel).run();
    assert_eq!(place.read("report.csv").lines().next(), Some(HEADER.join(",").as_str()));
    let reasons: Vec<_> = run.report().iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["", "too-weak", "no-such-mailbox", "bad-address", "", "filtered", ""]);
    let attempts: Vec<_> = run.report().iter().map(|row| row.attempts).collect();
    assert_eq!(attempts, [1, 1, 0, 0, 1, 0, 0]);
    for row in run.report() {
        let (date, time) = row.finished_at.split_once('T').unwrap();
        assert!(date.len() == 10 && time.ends_with('Z'), "{}", row.finished_at);
    }
}

#[test]
fn numbers_are_numbers_and_no_reason_is_null() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    apply_mixed(&place, &panel).args(["--report", "report.ndjson"]).run();
    let text = place.read("report.ndjson");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().all(|line| ["row", "attempts", "elapsed_ms"].iter().all(|name| line[name].is_u64())),
        "{text}"
    );
    assert!(lines[0]["reason"].is_null() && lines[1]["reason"] == "too-weak", "{text}");
}

#[test]
fn a_workbook_sums_the_run_up() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    apply_mixed(&place, &panel).args(["--report", "report.xlsx"]).run();
    let mut workbook = open_workbook_auto(place.path("report.xlsx")).unwrap();
    let summary = workbook.worksheet_range("summary").unwrap();
    let facts: BTreeMap<_, _> = summary.rows().map(|cells| (cells[0].to_string(), cells[1].to_string())).collect();
    for (name, value) in [
        ("panel", panel.host().as_str()),
        ("user", "shop"),
        ("list", "list.csv"),
        ("changed", "3"),
        ("refused", "2"),
        ("invalid", "1"),
        ("skipped", "1"),
        ("unknown", "0"),
    ] {
        assert_eq!(facts[name], value, "{name}");
    }
}

#[test]
fn no_cell_is_a_formula() {
    let place = Place::new();
    let panel = Panel::start(
        &place,
        "[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
         mailboxes = [{ address = '=cmd@example.com' }, { address = '-2+3@example.com' }, { address = 'anna@example.com' }]\n",
    );
    place.csv(
        "list.csv",
        ["=cmd", "-2+3", "anna"].map(|user| (format!("{user}@example.com"), format!("{PASSWORD}{user}"))),
    );
    let words = "=HYPERLINK(\"http://example.com\")";
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "refuse", "text": words}));
    let run = place.apply("list.csv").on(&panel).args(["--report", "report.xlsx"]).run();
    assert_eq!(run.code, 3, "{run}");
    let targets: Vec<_> = run.report().iter().map(|row| row.target.as_str()).collect();
    assert_eq!(targets, ["'=cmd@example.com", "'-2+3@example.com", "anna@example.com"]);
    assert!(run.report().iter().all(|row| row.detail == format!("'{words}")), "{run}");
    let mut workbook = open_workbook_auto(place.path("report.xlsx")).unwrap();
    assert!(workbook.worksheet_formula("rows").unwrap().is_empty());
    assert_eq!(place.report("report.xlsx")[0].detail, words);
}

/// NET-26.
#[test]
fn nothing_that_the_panel_says_steers_a_terminal() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    panel.switch(&json!({
        "match": {"function": "Email::passwd_pop"}, "answer": "refuse", "text": "\u{1b}[2J\u{202e}no\u{9b}1m\u{7}"
    }));
    let run = place.apply("list.csv").on(&panel).args(["--log", "run.log", "--report", "report.ndjson"]).run();
    assert_eq!(run.code, 3, "{run}");
    let texts =
        [&run.stdout, &run.stderr, &place.read("report.csv"), &place.read("report.ndjson"), &place.read("run.log")];
    for text in texts {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{text:?}");
    }
}

#[test]
fn a_password_that_the_panel_repeats_is_not_reported() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let words = format!("The password {PASSWORD} is not good.");
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "refuse", "text": words}));
    let run =
        place.apply("list.csv").on(&panel).args(["--log", "run.log", "--verbose", "--report", "report.xlsx"]).run();
    assert_eq!(run.code, 3, "{run}");
    assert!(run.report()[0].detail.contains("is not good"), "{run}");
}

#[test]
fn the_rows_to_try_again_are_a_list_that_works() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 3);
    let nasty = "a,b;\"c\" 'd' =1+1 #9 é";
    place
        .csv("list.csv", [("user1@example.com", nasty), ("user2@example.com", PASSWORD), ("user3@example.com", nasty)]);
    panel.switch(&json!([
        {"match": {"function": "Email::passwd_pop", "address": "user1@example.com"}, "answer": "refuse", "text": "no"},
        {"match": {"function": "Email::passwd_pop", "address": "user3@example.com"}, "answer": "html"},
    ]));
    let run = place.apply("list.csv").on(&panel).args(["--failed", "again.csv"]).run();
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(place.mode("again.csv"), 0o600);
    panel.clear_switches();
    panel.reset_counters();
    place.private("rest.csv", "what an earlier run left");
    let run = place.apply("again.csv").on(&panel).args(["--failed", "rest.csv"]).run();
    assert_eq!(run.code, 0, "{run}");
    let targets: Vec<_> = run.report().iter().map(|row| row.target.as_str()).collect();
    assert_eq!(targets, ["user1@example.com", "user3@example.com"]);
    assert_eq!(panel.verify_all(&[("user1@example.com", nasty), ("user3@example.com", nasty)]), [true; 2]);
    assert!(!place.path("rest.csv").exists(), "no row is to be tried again, and yet there is a list of them");
    assert_eq!(place.read("rest.1.csv"), "what an earlier run left");
}

#[test]
fn files_that_were_there_are_kept_beside_the_new_ones() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    fs::create_dir(place.path("out")).unwrap();
    place.csv("list.csv", [("user1@example.com", PASSWORD), ("gone@example.com", PASSWORD)]);
    let files = ["out/report.xlsx", "out/report.csv", "out/report.ndjson", "out/again.csv"];
    for file in files {
        fs::write(place.path(file), "what was there before").unwrap();
    }
    let reports = files[..3].iter().flat_map(|file| ["--report", *file]);
    let run = place.apply("list.csv").on(&panel).args(reports).args(["--failed", files[3]]).run();
    assert_eq!(run.code, 3, "{run}");
    assert!(files[..3].iter().all(|file| place.report(file) == run.report()));
    assert_eq!(place.read(files[3]).lines().count(), 2);
    assert_eq!(place.mode(files[3]), 0o600, "the file was readable by all before");
    for kept in ["out/report.1.xlsx", "out/report.1.csv", "out/report.1.ndjson", "out/again.1.csv"] {
        assert_eq!(place.read(kept), "what was there before");
        assert!(run.stdout.contains(kept), "{run}");
    }
    assert_eq!(fs::read_dir(place.path("out")).unwrap().count(), 2 * files.len());
}

/// Nothing is sent where a file that the user wants could not be written.
fn assert_refused_before_anything_is_sent(arguments: &[&str], said: &str) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let run = place.apply("list.csv").on(&panel).args(arguments).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    assert!(run.stderr.contains(said), "{run}");
    let left = fs::read_dir(place.path("")).unwrap().count();
    assert_eq!(left, 4, "more is there than the list, the token, the home and the panel's folder");
}

#[test]
fn a_folder_that_is_not_there_ends_it_before_anything_is_sent() {
    assert_refused_before_anything_is_sent(
        &["--report", "nowhere/report.xlsx"],
        r#""nowhere": there is no such folder"#,
    );
    assert_refused_before_anything_is_sent(&["--failed", "nowhere/again.csv"], r#""nowhere": there is no such folder"#);
    assert_refused_before_anything_is_sent(&["--log", "nowhere/run.log"], "nowhere");
}

#[test]
fn a_report_of_an_unknown_kind_ends_it_before_anything_is_sent() {
    assert_refused_before_anything_is_sent(&["--report", "report.pdf"], ".ndjson");
    assert_refused_before_anything_is_sent(&["--report", "report"], ".ndjson");
}

#[test]
fn one_file_for_two_purposes_ends_it_before_anything_is_sent() {
    assert_refused_before_anything_is_sent(&["--report", "same.csv", "--report", "same.csv"], "same.csv");
    assert_refused_before_anything_is_sent(&["--report", "same.csv", "--failed", "same.csv"], "same.csv");
    assert_refused_before_anything_is_sent(&["--report", "./same.csv", "--failed", "same.csv"], "same.csv");
    assert_refused_before_anything_is_sent(&["--report", "list.csv"], "list.csv");
    assert_refused_before_anything_is_sent(&["--log", "list.csv"], "list.csv");
    assert_refused_before_anything_is_sent(&["--log", "report.csv"], "report.csv");
    assert_refused_before_anything_is_sent(&["--log", "again.csv", "--failed", "again.csv"], "again.csv");
}
