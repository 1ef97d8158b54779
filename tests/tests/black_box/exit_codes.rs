//! Every exit code of the table, and what the fine print says of each.

use cprekey_tests::{Panel, Place, Run, eventually};
use serde_json::json;

const CHANGE: &str = "Email::passwd_pop";

/// A place with a panel of so many mailboxes, and with a list for all of them.
fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

fn nothing_sent(panel: &Panel) {
    assert_eq!(panel.counters().calls(CHANGE), 0);
}

/// The reasons of the report, in its order.
fn reasons(run: &Run) -> Vec<&str> {
    run.report().iter().map(|row| row.reason.as_str()).collect()
}

#[test]
fn zero_where_nothing_is_wrong() {
    let (place, panel) = ready(2);
    for run in [place.cprekey(["check", "list.csv"]), place.cprekey(["plan", "list.csv"]).on(&panel)] {
        let run = run.run();
        assert_eq!(run.code, 0, "{run}");
    }
    nothing_sent(&panel);
    let run = place.apply("list.csv").args(["--limit", "1"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "skipped"]), "{run}");
}

#[test]
fn one_where_nobody_answers() {
    let place = Place::new();
    place.list("list.csv", 2);
    place.private("token", "ABCDEFGH");
    // Every panel listens on 127.0.0.1, so that nobody does here.
    let options = ["--retries", "0", "--user", "shop", "--token-file", "token", "--host", "127.0.0.77:2083"];
    let run = place.apply("list.csv").args(options).run();
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried", "not-tried"]), "{run}");
    assert_eq!(reasons(&run), ["unreachable", "unreachable"]);
    assert!(run.stderr.contains("nothing was sent"), "{run}");
    let plan = place.cprekey(["plan", "list.csv"]).args(options).run();
    assert_eq!(plan.code, 1, "{plan}");
}

#[test]
fn one_where_the_certificate_is_not_trusted() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--certificate", "expired"]);
    place.list("list.csv", 2);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!((run.code, reasons(&run)), (1, vec!["untrusted", "untrusted"]), "{run}");
    assert_eq!(run.outcomes(), ["not-tried", "not-tried"]);
    assert_eq!(panel.counters().requests(), 0);
}

#[test]
fn one_where_standard_output_cannot_be_written() {
    let place = Place::new();
    place.list("list.csv", 1);
    let run = place.cprekey(["check", "list.csv"]).in_shell("{} >/dev/full").run();
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("standard output cannot be written"), "{run}");
}

#[test]
fn one_where_files_may_not_become_so_large_and_the_run_is_done_nevertheless() {
    let (place, panel) = ready(60);
    let apply = place.cprekey(["apply", "list.csv", "--yes", "--rate", "none", "--report", "r.csv", "--log", "log"]);
    let run = apply.args(["--no-journal"]).on(&panel).in_shell("ulimit -f 1; exec {}").run();
    assert_eq!((run.code, panel.changes().len()), (1, 60), "{run}");
    assert!(run.stdout.contains("60 changed"), "{run}");
    let left: Vec<_> = std::fs::read_dir(place.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

/// PRC-04: no request leaves whose intent is not on the disk.
#[test]
fn one_where_the_journal_cannot_be_written() {
    let (place, panel) = ready(60);
    let run = place.apply("list.csv").args(["--rate", "none"]).on(&panel).in_shell("ulimit -f 1; exec {}").run();
    assert_eq!((run.code, panel.changes().len()), (1, 0), "{run}");
    assert!(run.stderr.contains("File too large") && run.stderr.contains("nothing was sent"), "{run}");
    assert!(run.stderr.contains("XDG_STATE_HOME") && run.stderr.contains("--no-journal"), "{run}");
    let runs = place.cprekey(["runs", "--output", "json"]).run();
    assert_eq!((runs.code, runs.stdout.as_str()), (0, ""), "nothing is left of it: {runs}");
}

#[test]
fn one_where_the_report_cannot_be_put_in_place_and_the_run_is_done_nevertheless() {
    let (place, panel) = ready(2);
    std::fs::create_dir(place.path("out")).unwrap();
    panel.behaviour(&json!({"latency_ms": 200}));
    let running = place.cprekey(["apply", "list.csv", "--yes", "--report", "out/r.csv"]).on(&panel).start();
    eventually("the first change", || panel.counters().calls(CHANGE) > 0);
    std::fs::remove_dir_all(place.path("out")).unwrap();
    let run = running.wait();
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("out/r.csv") && run.stdout.contains("2 changed"), "{run}");
}

#[test]
fn two_for_flags_that_are_not_right() {
    let (place, panel) = ready(1);
    for options in [vec!["--jobs", "0"], vec!["--frobnicate"], vec!["--rate", "fast"], vec!["--max-failures", "0%"]] {
        let run = place.apply("list.csv").args(options).on(&panel).run();
        assert_eq!(run.code, 2, "{run}");
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn two_for_a_list_with_problems() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("nobody at all", "Tide&Orchard#8")]);
    for run in [
        place.cprekey(["check", "list.csv"]),
        place.cprekey(["plan", "list.csv"]).on(&panel),
        place.apply("list.csv").on(&panel),
    ] {
        let run = run.run();
        assert_eq!(run.code, 2, "{run}");
        assert!(!place.path("report.csv").exists(), "{run}");
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn two_for_what_is_no_list() {
    let place = Place::new();
    place.private("empty.csv", "");
    place.private("blank.csv", "\n \n\n");
    place.private("list.csv", "email,password\n");
    std::os::unix::fs::symlink("loop.csv", place.path("loop.csv")).unwrap();
    // Nobody, not even root, can read what lies below a file or behind a loop.
    for list in ["missing.csv", "empty.csv", "blank.csv", "loop.csv", "list.csv/list.csv"] {
        let run = place.cprekey(["check", list]).run();
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
        assert!(run.stderr.contains(list) && run.stderr.contains("help:"), "{run}");
    }
}

#[test]
fn two_without_yes_and_without_a_terminal() {
    let (place, panel) = ready(1);
    let run = place.cprekey(["apply", "list.csv", "--report", "report.csv"]).on(&panel).run();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("no terminal to ask at, so nothing was done") && run.stderr.contains("--yes"), "{run}");
    nothing_sent(&panel);
}

#[test]
fn two_where_a_file_to_write_is_the_list_or_another() {
    let (place, panel) = ready(1);
    for files in [["--report", "list.csv"], ["--failed", "./list.csv"], ["--failed", "report.csv"]] {
        let run = place.apply("list.csv").args(files).on(&panel).run();
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains("would be written over"), "{run}");
    }
    assert!(place.read("list.csv").contains("user1@example.com"));
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn three_where_the_panel_refuses_rows() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "weakly"), ("nobody@example.com", "Tide&Orchard#8")]);
    let plan = place.cprekey(["plan", "list.csv"]).on(&panel).run();
    assert_eq!(plan.code, 3, "{plan}");
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused", "refused"]), "{run}");
    assert_eq!(reasons(&run), ["too-weak", "no-such-mailbox"]);
}

#[test]
fn three_where_rows_are_left_invalid() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("nobody at all", "Tide&Orchard#8")]);
    let run = place.apply("list.csv").args(["--skip-invalid"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "invalid"]), "{run}");
    let plan = place.cprekey(["plan", "list.csv", "--skip-invalid"]).on(&panel).run();
    assert_eq!(plan.code, 3, "{plan}");
}

#[test]
fn four_where_the_panel_does_not_let_us_in() {
    let (place, panel) = ready(3);
    let run = place.apply("list.csv").on(&panel).token("NOT-THE-TOKEN").run();
    assert_eq!((run.code, reasons(&run)), (4, vec!["access-denied"; 3]), "{run}");
    assert_eq!((run.outcomes(), panel.counters().requests()), (vec!["not-tried"; 3], 1));
    let plan = place.cprekey(["plan", "list.csv"]).on(&panel).token("NOT-THE-TOKEN").run();
    assert_eq!(plan.code, 4, "{plan}");
}

#[test]
fn five_where_there_are_more_changes_than_there_may_be() {
    let (place, panel) = ready(3);
    let run = place.apply("list.csv").args(["--max-changes", "2"]).on(&panel).run();
    assert_eq!((run.code, reasons(&run)), (5, vec!["stopped"; 3]), "{run}");
    assert_eq!(run.outcomes(), ["not-tried"; 3]);
    nothing_sent(&panel);
    let run = place.apply("list.csv").args(["--max-changes", "3"]).on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn five_where_too_many_rows_fail() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    place.csv("list.csv", (1..=4).map(|number| (format!("user{number}@example.com"), format!("weakly{number}"))));
    for (limit, refused) in [("1", 1), ("3", 3), ("50%", 2), ("51%", 3)] {
        let run = place.apply("list.csv").args(["--jobs", "1", "--max-failures", limit]).on(&panel).run();
        let outcomes: Vec<_> = (0..4).map(|row| if row < refused { "refused" } else { "not-tried" }).collect();
        assert_eq!((run.code, run.outcomes()), (5, outcomes), "--max-failures {limit}: {run}");
        assert_eq!(reasons(&run)[3], "stopped");
    }
}

#[test]
fn five_where_unknown_rows_are_too_many() {
    let (place, panel) = ready(4);
    panel.switch(&json!({"match": {"function": CHANGE}, "answer": "garbage"}));
    let run = place.apply("list.csv").args(["--jobs", "1", "--max-failures", "2"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (5, vec!["unknown", "unknown", "not-tried", "not-tried"]), "{run}");
}

#[test]
fn six_where_there_is_nothing_to_do() {
    let (place, panel) = ready(2);
    place.private("header.csv", "email,password\n");
    let cases =
        [vec!["header.csv"], vec!["list.csv", "--include", "*@elsewhere.example"], vec!["list.csv", "--limit", "0"]];
    for command in [vec!["check"], vec!["plan"], vec!["apply", "--yes"]] {
        for case in &cases {
            let arguments = command.iter().chain(case).copied();
            let run = place.cprekey(arguments);
            let run = if command == ["check"] { run } else { run.on(&panel) }.run();
            assert_eq!(run.code, 6, "{run}");
        }
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn seven_where_rows_remain_unknown() {
    let (place, panel) = ready(2);
    panel.switch(&json!({"match": {"function": CHANGE, "count": 1}, "answer": "garbage"}));
    let run = place.apply("list.csv").args(["--jobs", "1"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (7, vec!["unknown", "changed"]), "{run}");
    assert_eq!(reasons(&run)[0], "bad-answer");
}

#[test]
fn seven_where_a_verification_contradicts() {
    let (place, panel) = ready(1);
    panel.switch(&json!({"match": {"function": CHANGE}, "answer": "lie"}));
    let run = place.apply("list.csv").args(["--verify", "all"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes(), reasons(&run)), (7, vec!["unknown"], vec!["mismatch"]), "{run}");
    assert!(run.stdout.contains("mismatch"), "told loudly: {run}");
}

#[test]
fn hundred_and_thirty_where_the_answer_is_no() {
    for typed in ["n\n", "\n", "perhaps\n"] {
        let (place, panel) = ready(2);
        let run = place.cprekey(["apply", "list.csv"]).on(&panel).at_terminal(typed).run();
        assert_eq!(run.code, 130, "{run}");
        assert!(run.stdout.contains("2 mailboxes on localhost:") && run.stdout.contains("nothing was sent"), "{run}");
        nothing_sent(&panel);
    }
}

#[test]
fn the_answer_yes_goes_on() {
    let (place, panel) = ready(2);
    let run = place.cprekey(["apply", "list.csv"]).on(&panel).at_terminal("y\n").run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(panel.changes().len(), 2);
}

#[test]
fn hundred_and_thirty_where_a_signal_comes() {
    for signal in ["INT", "TERM", "HUP"] {
        let (place, panel) = ready(40);
        panel.behaviour(&json!({"latency_ms": 50}));
        let running = place.apply("list.csv").args(["--jobs", "2"]).on(&panel).start();
        eventually("a change", || panel.counters().calls(CHANGE) > 2);
        running.signal(signal);
        let run = running.wait();
        let changed = run.outcomes().iter().take_while(|outcome| **outcome == "changed").count();
        assert_eq!((run.code, run.report().len()), (130, 40), "{run}");
        assert_eq!(changed, panel.changes().len(), "what was under way is finished: {run}");
        assert!(
            run.report()[changed..].iter().all(|row| (&*row.outcome, &*row.reason) == ("not-tried", "interrupted"))
        );
    }
}

#[test]
fn hundred_and_thirty_at_once_where_a_second_signal_comes() {
    let (place, panel) = ready(5);
    panel.switch(&json!({"match": {"function": CHANGE}, "answer": "stall"}));
    let running = place.apply("list.csv").args(["--jobs", "2", "--overlap", "--log", "run.log"]).on(&panel).start();
    eventually("two changes under way", || panel.counters().calls(CHANGE) == 2);
    running.signal("INT");
    eventually("the first signal", || place.read("run.log").contains("no further rows are taken"));
    running.signal("INT");
    let run = running.wait();
    assert_eq!((run.code, reasons(&run)), (130, vec!["interrupted"; 5]), "{run}");
    assert_eq!(run.outcomes(), ["unknown", "unknown", "not-tried", "not-tried", "not-tried"]);
}

#[test]
fn hundred_and_thirty_at_once_where_nothing_can_be_changed_yet() {
    let (place, panel) = ready(2);
    panel.switch(&json!({"match": {"function": "Email::list_pops"}, "answer": "stall"}));
    let patient = ["--timeout", "86400"];
    for command in [place.cprekey(["plan", "list.csv"]).args(patient), place.apply("list.csv").args(patient)] {
        panel.reset_counters();
        let running = command.on(&panel).start();
        eventually("the question", || panel.counters().calls("Email::list_pops") > 0);
        running.signal("INT");
        let run = running.wait();
        assert!(run.code == 130 && run.stderr.contains("interrupted"), "{run}");
    }
    assert!(place.report("report.csv").iter().all(|row| (&*row.outcome, &*row.reason) == ("not-tried", "interrupted")));
    nothing_sent(&panel);
}

#[test]
fn the_worse_wins() {
    let denied = json!({"match": {"function": CHANGE, "from": 3}, "answer": "denied-403"});
    let garbage = json!({"match": {"function": CHANGE, "from": 2, "count": 1}, "answer": "garbage"});
    let refused = json!({"match": {"function": CHANGE, "count": 1}, "answer": "refuse", "text": "No."});
    for (rules, code, outcomes) in [
        (vec![&refused, &garbage, &denied], 4, ["refused", "unknown", "not-tried", "not-tried"]),
        (vec![&refused, &garbage], 7, ["refused", "unknown", "changed", "changed"]),
        (vec![&refused], 3, ["refused", "changed", "changed", "changed"]),
    ] {
        let (place, panel) = ready(4);
        panel.switch(&json!(rules));
        let run = place.apply("list.csv").args(["--jobs", "1"]).on(&panel).run();
        assert_eq!((run.code, run.outcomes()), (code, outcomes.to_vec()), "{run}");
    }
}

#[test]
fn the_table_stands_in_the_help() {
    let place = Place::new();
    let help = place.cprekey(["--help"]).run();
    let (_, table) = help.stdout.split_once("Exit codes:\n").unwrap();
    let codes: Vec<i32> = table.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    assert_eq!((help.code, codes), (0, vec![0, 1, 2, 3, 4, 5, 6, 7, 130]), "{help}");
}
