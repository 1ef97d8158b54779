//! Options of what is shown, and how.

use cprekey_tests::{Panel, Place};
use serde_json::{Value, json};

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

/// The names of what an event holds, as `docs/REPORTS.md` has them.
fn documented(event: &str) -> Vec<String> {
    let documentation = include_str!("../../../../docs/REPORTS.md");
    let row = documentation.lines().find(|line| line.starts_with(&format!("| `{event}` |")));
    let holds = row.unwrap_or_default().split('|').nth(3).unwrap();
    // What stands in brackets are values; so is what follows a colon behind the first name.
    let (begin, rest) = holds.split_once('(').unwrap_or((holds, ""));
    let holds = format!("{begin}{}", rest.split_once(')').map_or(rest, |(_, rest)| rest));
    let names = holds.split("`: `").next().unwrap_or_default().split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

fn assert_documented(events: &[Value]) {
    for event in events {
        let name = event["event"].as_str().unwrap();
        for field in event.as_object().unwrap().keys().filter(|field| *field != "event") {
            assert!(documented(name).contains(field), "{name} has an undocumented {field}");
        }
        for field in documented(name) {
            assert!(event.get(&field).is_some(), "{name} has no {field}: {event}");
        }
    }
}

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

#[test]
fn json_is_events_and_nothing_else() {
    let (place, panel) = ready(2);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "status-502"}));
    let run = place.apply("list.csv").args(["--output", "json", "--jobs", "1"]).on(&panel).run();
    assert_eq!(names(&run.events()), ["columns", "started", "retrying", "settled", "settled", "finished"], "{run}");
    assert_documented(&run.events());
    let denied = place.apply("list.csv").args(["--output", "json"]).on(&panel).token("NOT-THE-TOKEN").run();
    assert_eq!(
        names(&denied.events()),
        ["columns", "started", "stopping", "settled", "settled", "finished"],
        "{denied}"
    );
    assert_documented(&denied.events());
}

#[test]
fn json_of_check_and_plan_is_events_too() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("nobody at all", "Tide&Orchard#8")]);
    let check = place.cprekey(["check", "list.csv", "--output", "json"]).run();
    assert_eq!((check.code, names(&check.events())), (2, vec!["columns", "problem", "checked"]), "{check}");
    assert_eq!(check.events()[1]["place"], "list.csv:3");
    let plan = place.cprekey(["plan", "list.csv", "--skip-invalid", "--output", "json"]).on(&panel).run();
    assert_eq!((plan.code, names(&plan.events())), (3, vec!["columns", "planned", "planned", "plan"]), "{plan}");
    assert_documented(&[check.events(), plan.events()].concat());
}

#[test]
fn a_settled_event_is_the_line_of_the_report() {
    let (place, panel) = ready(2);
    let run = place.apply("list.csv").args(["--output", "json", "--report", "report.ndjson"]).on(&panel).run();
    let events = run.events().into_iter().filter(|event| event["event"] == "settled");
    let mut lines: Vec<String> = events
        .map(|mut event| {
            event.as_object_mut().unwrap().remove("event");
            event.to_string()
        })
        .collect();
    lines.sort();
    let mut report: Vec<_> =
        place.read("report.ndjson").lines().map(|line| line.parse::<Value>().unwrap().to_string()).collect();
    report.sort();
    assert_eq!(lines, report);
}

#[test]
fn quiet_says_nothing_of_what_goes_well() {
    let (place, panel) = ready(2);
    for option in ["--quiet", "-q"] {
        for run in [place.apply("list.csv").args([option]).on(&panel), place.cprekey(["check", "list.csv", option])] {
            let run = run.run();
            assert_eq!((run.code, &*run.stdout, &*run.stderr), (0, "", ""), "{run}");
        }
    }
    let run = place.apply("list.csv").args(["--quiet"]).on(&panel).token("NOT-THE-TOKEN").run();
    assert!(run.code == 4 && run.stderr.starts_with("error: "), "{run}");
    let run = place.apply("list.csv").args(["--quiet", "--verbose"]).on(&panel).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn verbose_tells_every_row_and_every_retry() {
    let (place, panel) = ready(2);
    for option in ["--verbose", "-v"] {
        panel.clear_switches();
        panel.switch(&json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "status-502"}));
        let run = place.apply("list.csv").args([option, "--jobs", "1"]).on(&panel).run();
        for words in
            ["row 2: try 1 failed, again in ", "row 2: user1@example.com changed", "row 3: user2@example.com changed"]
        {
            assert!(run.stderr.contains(words), "{words}: {run}");
        }
    }
}

#[test]
fn color_is_as_wanted() {
    let (place, panel) = ready(1);
    for (when, colored) in [("always", true), ("never", false), ("auto", false)] {
        for run in [
            place.apply("list.csv").args(["--color", when]).on(&panel),
            place.apply("list.csv").args(["--color", when]).on(&panel).token("NOT-THE-TOKEN"),
        ] {
            let run = run.run();
            assert_eq!(format!("{}{}", run.stdout, run.stderr).contains('\u{1b}'), colored, "--color {when}: {run}");
        }
    }
}

#[test]
fn a_terminal_has_colors_unless_it_wants_none() {
    let (place, panel) = ready(1);
    let run = |variable: &str| {
        let run = place.cprekey(["check", "missing.csv"]).env("TERM", "xterm").env(variable, "1");
        run.at_terminal("").run().stdout.contains('\u{1b}')
    };
    drop(panel);
    assert_eq!((run("UNRELATED"), run("NO_COLOR")), (true, false));
}

#[test]
fn log_is_appended_to() {
    let (place, panel) = ready(2);
    for _ in 0..2 {
        let run = place.apply("list.csv").args(["--log", "run.log"]).on(&panel).run();
        assert_eq!(run.code, 0, "{run}");
    }
    let log = place.read("run.log");
    let count = |words: &str| log.lines().filter(|line| line.contains(words)).count();
    assert_eq!((count(" begins: 2 changes in 2 rows"), count(" changed"), count(" ends")), (2, 4, 2), "{log}");
    assert!(log.lines().all(|line| line.split(' ').next().unwrap().ends_with('Z')), "{log}");
    let run = place.apply("list.csv").args(["--log", "no/folder/run.log"]).on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("no/folder/run.log"), "{run}");
}

/// A log without room ends no run, and is told at its end.
#[test]
fn a_log_that_lacks_lines_is_told() {
    let (place, panel) = ready(2);
    let run = place.apply("list.csv").args(["--log", "/dev/full"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (1, vec!["changed"; 2]), "{run}");
    assert_eq!(run.stderr.matches("lines are missing from the log /dev/full: No space left").count(), 1, "{run}");
}
