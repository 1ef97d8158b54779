//! Options of how a run is proved, and what it writes.

use cprekey_tests::{Panel, Place};
use serde_json::json;

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

#[test]
fn verify_settles_what_it_is_told_to() {
    for (which, outcomes, asked) in [
        ("none", ["unknown", "changed"], 0),
        ("unknown", ["changed", "changed"], 1),
        ("all", ["changed", "changed"], 2),
    ] {
        let (place, panel) = ready(2);
        panel.switch(
            &json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "garbage", "apply": true}),
        );
        let run = place.apply("list.csv").args(["--jobs", "1", "--verify", which]).on(&panel).run();
        assert_eq!(run.outcomes(), outcomes, "--verify {which}: {run}");
        assert_eq!(panel.counters().calls("Email::verify_password"), asked);
    }
}

#[test]
fn report_says_the_same_in_every_format() {
    let (place, panel) = ready(3);
    panel.switch(
        &json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "refuse", "text": "=No, “é”"}),
    );
    let reports = ["--report", "report.xlsx", "--report", "report.ndjson"];
    let run = place.apply("list.csv").args(["--jobs", "1"]).args(reports).on(&panel).run();
    assert_eq!((run.code, run.report().len()), (3, 3), "{run}");
    assert_eq!(run.report()[0].detail, "'=No, “é”");
    for name in ["report.xlsx", "report.ndjson"] {
        let plain = |rows: Vec<cprekey_tests::Row>| -> Vec<_> {
            rows.into_iter().map(|row| cprekey_tests::Row { detail: row.detail.replace("'=", "="), ..row }).collect()
        };
        assert_eq!(plain(place.report(name)), plain(run.report().to_vec()), "{name}");
    }
    let run = place.apply("list.csv").args(["--report", "report.pdf"]).on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("report.pdf") && run.stderr.contains(".ndjson"), "{run}");
}

#[test]
fn failed_is_a_list_to_try_again() {
    let (place, panel) = ready(3);
    panel.switch(&json!({"match": {"address": "user2@example.com"}, "answer": "refuse", "text": "No."}));
    let run = place.apply("list.csv").args(["--failed", "again.csv"]).on(&panel).run();
    assert_eq!((run.code, place.mode("again.csv")), (3, 0o600), "{run}");
    panel.clear_switches();
    let again = place.apply("again.csv").args(["--failed", "more.csv"]).on(&panel).run();
    assert_eq!((again.code, again.outcomes(), &*again.report()[0].target), (0, vec!["changed"], "user2@example.com"));
    assert!(!place.path("more.csv").exists(), "nothing is left to try");
    assert!(panel.verify("user2@example.com", "Tide&Orchard#2"));
}

#[test]
fn failed_keeps_the_account_of_a_mailbox() {
    let (place, panel) = ready(1);
    place.private("owned.csv", "email,password,account\nuser1@example.com,Tide&Orchard#1,Shop\n");
    panel.switch(&json!({"match": {"address": "user1@example.com"}, "answer": "refuse", "text": "No."}));
    let run = place.apply("owned.csv").args(["--failed", "again.csv"]).on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    let expected = "\"email\",\"password\",\"account\"\n\"user1@example.com\",\"Tide&Orchard#1\",\"shop\"\n";
    assert_eq!((place.read("again.csv").as_str(), place.mode("again.csv")), (expected, 0o600));
}

#[test]
fn what_cannot_be_written_is_known_before_anything_is_sent() {
    let (place, panel) = ready(1);
    std::fs::create_dir(place.path("folder.csv")).unwrap();
    for option in ["--report", "--failed", "--log"] {
        for file in ["missing/report.csv", "folder.csv", "list.csv/report.csv"] {
            let run = place.cprekey(["apply", "list.csv", "--yes", option, file]).on(&panel).run();
            let named = file.split('/').next().unwrap();
            assert!(run.code == 2 && run.stderr.contains(named), "{option} {file}: {run}");
            assert!(run.stderr.contains("error: "), "{option} {file}: {run}");
        }
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn nothing_is_left_beside_the_files_of_a_run_that_was_not_begun() {
    let (place, panel) = ready(1);
    let run = place.apply("list.csv").args(["--failed", "again.csv"]).on(&panel).token("NOT A TOKEN").run();
    assert_eq!(run.code, 2, "{run}");
    let names =
        std::fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = names.filter(|name| name.contains("report") || name.contains("again")).collect();
    assert_eq!(left, Vec::<String>::new());
}
