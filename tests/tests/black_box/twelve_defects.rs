//! The twelve defects of the script that cprekey takes the place of: sixty lines of Python that read the columns A to C of a
//! workbook's first sheet and sent one `GET` after another, with the password in the address.

use cprekey_tests::{Panel, Place};
use rust_xlsxwriter::Workbook;
use serde_json::json;

const PASSWORD: &str = "Tide&Orchard#7";

#[test]
fn host_and_token_are_no_literals() {
    let place = Place::new();
    let panels = [Panel::with_mailboxes(&place, 1), Panel::with_mailboxes(&place, 1)];
    let list = place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let list = list.to_str().unwrap();
    let token_file = place.private("token", panels[1].token("shop"));
    let token_command = format!("cat '{}'", token_file.display());
    let by_variable = place.apply(list).on(&panels[0]).without_token().env("CPREKEY_TOKEN", panels[0].token("shop"));
    let by_command = place.apply(list).on(&panels[1]).without_token().args(["--token-command", &token_command]);
    for (run, panel) in [by_variable.run(), by_command.run()].iter().zip(&panels) {
        assert_eq!(run.code, 0, "{run}");
        assert!(panel.verify("user1@example.com", PASSWORD));
    }
}

#[test]
fn a_token_is_no_argument_and_is_not_shown() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let token = panel.token("shop");
    let run = place.apply("list.csv").on(&panel).without_token().args(["--token", token]).run();
    assert_eq!(run.code, 2, "{run}");
    let run = place.apply("list.csv").on(&panel).without_token().args([format!("--token={token}")]).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
}

#[test]
fn the_password_is_not_in_the_access_log() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    // The run itself searches the log for the password; here it is shown that the log has the request at all.
    let run = place.apply("list.csv").on(&panel).args(["--verify", "all"]).run();
    assert_eq!(run.code, 0, "{run}");
    let log = panel.access_log();
    for function in ["passwd_pop", "verify_password"] {
        let line = log.iter().find(|line| line.contains(function)).unwrap();
        assert!(line.contains(&format!("\"POST /execute/Email/{function} HTTP/1.1\"")), "{line}");
    }
}

#[test]
fn signs_with_a_meaning_in_a_url_arrive() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 6);
    let passwords = [
        "Tide&Orchard7!a",
        "Tide#Orchard7!b",
        "Tide+Orchard7!c",
        "Tide%41Orchard7!d",
        "Tide Orchard7 !e",
        "été=Orchard7!ü€",
    ];
    let rows: Vec<_> = (1..).zip(passwords).map(|(n, password)| (format!("user{n}@example.com"), password)).collect();
    place.csv("list.csv", rows.clone());
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(panel.verify_all(&rows), [true; 6]);
}

#[test]
fn an_apostrophe_in_an_answer_is_an_apostrophe() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.csv("list.csv", [("user1@example.com", PASSWORD), ("user2@example.com", PASSWORD)]);
    let words = r#"It's "O'Brien's" mailbox, isn't it?"#;
    panel.switch(&json!({
        "match": {"function": "Email::passwd_pop", "address": "user1@example.com"}, "answer": "refuse", "text": words
    }));
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["refused", "changed"]);
    assert_eq!(run.report()[0].detail, words);
}

#[test]
fn every_line_names_its_mailbox() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.csv(
        "list.csv",
        [("user2@example.com", PASSWORD), ("Gone@Example.com", "Tide&Orchard#8"), ("user1@example.com", PASSWORD)],
    );
    let run = place.apply("list.csv").on(&panel).args(["--log", "run.log"]).run();
    assert_eq!(run.code, 3, "{run}");
    let targets: Vec<_> = run.report().iter().map(|row| (row.row, row.target.as_str())).collect();
    assert_eq!(targets, [(2, "user2@example.com"), (3, "Gone@example.com"), (4, "user1@example.com")]);
    for (row, target) in targets {
        assert!(place.read("run.log").contains(&format!("row {row}: {target} ")), "{}", place.read("run.log"));
    }
    assert!(run.stdout.contains("Gone@example.com"), "{run}");
}

#[test]
fn columns_go_by_their_header() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    for (file, text) in [
        ("moved.csv", "note,password,email\nuser2@example.com,Tide&Orchard#7,user1@example.com\n"),
        ("french.csv", "Mot de passe;Nom;Domaine;Utilisateur\nTide&Orchard#7;user2;example.com;user1\n"),
    ] {
        place.secret(PASSWORD);
        place.private(file, text);
        panel.reset_counters();
        let run = place.apply(file).on(&panel).run();
        assert_eq!(run.code, 0, "{run}");
        let changed: Vec<_> = panel.changes().into_iter().map(|change| change.address).collect();
        assert_eq!(changed, ["user1@example.com"], "{file}");
        assert!(panel.verify("user1@example.com", PASSWORD));
    }
}

#[test]
fn without_a_header_nothing_is_guessed() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.secret(PASSWORD);
    place.private("list.csv", format!("user1@example.com,example.com,{PASSWORD}\n"));
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    assert!(run.stderr.contains("--no-header") && run.stderr.contains("--columns"), "{run}");
    let columns = ["--no-header", "--columns", "email=A,domain=B,password=C"];
    let run = place.apply("list.csv").on(&panel).args(columns).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(panel.verify("user1@example.com", PASSWORD));
}

#[test]
fn a_number_is_no_password_unless_the_user_says_so() {
    let place = Place::new();
    let panel = Panel::start(&place, WEAK_IS_FINE);
    place.private("list.xlsx", numbers(&[123.0, 0.5, 1e15]));
    let run = place.apply("list.xlsx").on(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    for cell in ["Sheet1!B2", "Sheet1!B3", "Sheet1!B4"] {
        assert!(run.stderr.contains(cell), "{cell} is not named: {run}");
    }
    let run = place.apply("list.xlsx").on(&panel).args(["--allow-numeric", "--skip-invalid"]).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["changed", "invalid", "changed"]);
    assert_eq!(panel.verify_all(&[("user1@example.com", "123"), ("user3@example.com", "1000000000000000")]), [true; 2]);
}

#[test]
fn empty_cells_are_told_and_not_sent() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    place.secret(PASSWORD);
    let text = "email,password\nuser1@example.com,\n\nuser2@example.com,\"\"\n,\n,Tide&Orchard#7\nuser3@example.com,Tide&Orchard#7\n";
    place.private("list.csv", text);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    let run = place.apply("list.csv").on(&panel).args(["--skip-invalid"]).run();
    assert_eq!(run.code, 3, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.row, row.outcome.as_str(), row.reason.as_str())).collect();
    let expected = [
        (2, "invalid", "no-password"),
        (4, "invalid", "no-password"),
        (6, "invalid", "no-address"),
        (7, "changed", ""),
    ];
    assert_eq!(told, expected);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 1);
}

#[test]
fn a_bad_answer_ends_nothing_and_leaves_its_trace() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 6);
    place.list("list.csv", 6);
    let about = |n: u32, count: u32| json!({"function": "Email::passwd_pop", "address": format!("user{n}@example.com"), "count": count});
    panel.switch(&json!([
        {"match": about(1, 1), "answer": "status-500"},
        {"match": about(2, 9), "answer": "html"},
        {"match": about(3, 1), "answer": "stall"},
        {"match": about(4, 1), "answer": "reset-before"},
        {"match": about(5, 9), "answer": "garbage"},
    ]));
    let run = place.apply("list.csv").on(&panel).args(["--timeout", "1"]).run();
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(run.outcomes(), ["changed", "unknown", "changed", "changed", "unknown", "changed"]);
    let attempts: Vec<_> = run.report().iter().map(|row| row.attempts).collect();
    assert_eq!(attempts, [2, 1, 2, 2, 1, 1]);
}

#[test]
fn several_go_at_once_over_few_connections_and_the_end_is_told() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 40);
    panel.behaviour(&json!({"latency_ms": 20}));
    place.csv("list.csv", (0..=40).map(|n| (format!("user{n}@example.com"), format!("{PASSWORD}{n}"))));
    let run = place.apply("list.csv").on(&panel).args(["--overlap"]).run();
    let counters = panel.counters();
    assert!((2..=4).contains(&counters.in_flight_most()), "{counters:?}");
    assert!(counters.connections_opened() <= 4, "{counters:?}");
    assert!(run.stdout.contains("40 changed, 1 refused (41 rows"), "{run}");
    assert_eq!(run.code, 3);
}

#[test]
fn a_second_run_leaves_the_first_ones_log() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let apply = || place.apply("list.csv").on(&panel).args(["--log", "run.log"]).run();
    assert_eq!(apply().code, 0);
    let (first, first_report) = (place.read("run.log"), place.read("report.csv"));
    assert_eq!(apply().code, 0);
    assert_eq!(place.read("report.1.csv"), first_report);
    let both = place.read("run.log");
    assert!(both.starts_with(&first) && both.len() > first.len(), "{both}");
    assert_eq!(both.matches("row 2: user1@example.com changed").count(), 2, "{both}");
}

#[test]
fn a_workbook_that_is_open_in_excel_is_read_and_its_lock_file_is_named() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.xlsx("list.xlsx", [("user1@example.com", PASSWORD)]);
    place.private("~$list.xlsx", b"\x04Anna".repeat(33));
    let run = place.apply("list.xlsx").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    let run = place.apply("~$list.xlsx").on(&panel).run();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("lock file"), "{run}");
}

const WEAK_IS_FINE: &str = "behaviour = { required_strength = 0 }\n\
    [[account]]\nname = 'shop'\ndomain = 'example.com'\n\
    generate = [{ count = 9, pattern = 'user{n}', domain = 'example.com', password = 'before-This-1!' }]\n";

/// A workbook whose passwords are numbers.
fn numbers(passwords: &[f64]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "email").unwrap().write_string(0, 1, "password").unwrap();
    for (row, password) in (1..).zip(passwords) {
        sheet.write_string(row, 0, format!("user{row}@example.com")).unwrap();
        sheet.write_number(row, 1, *password).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}
