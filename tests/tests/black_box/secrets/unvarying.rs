//! What is shown and written does not depend on what the passwords are.

use cprekey_tests::{Panel, Place};
use serde_json::json;

/// Passwords of quite different lengths and beginnings.
const SHORT: [&str; 3] = ["Ab1!xyzq-Kp", "Cd2?wvut-Rm", "Ef3&srqp-Tz"];
const LONG: [&str; 3] = [
    "zzzzzzzzzz-Quince-Harbour-58-Lantern",
    "0-a-very-much-longer-one-0123456789",
    "%-yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
];

/// Everything that a run shows and writes, but for times and the run's id.
fn everything(passwords: [&str; 3], command: &str) -> Vec<String> {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    let spaced = format!(" {}", passwords[2]);
    place.csv(
        "list.csv",
        (1..).zip([passwords[0], passwords[1], &spaced]).map(|(n, word)| (format!("user{n}@example.com"), word)),
    );
    panel.switch(
        &json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "refuse", "text": "it is too weak"}),
    );
    let options = ["--skip-invalid", "--verbose", "--log", "log", "--jobs", "1"];
    let run = if command == "check" {
        place.cprekey(["check", "list.csv"]).run()
    } else {
        place.apply("list.csv").on(&panel).args(options).run()
    };
    let mut texts = vec![run.code.to_string(), timeless(&run.stdout), timeless(&run.stderr)];
    if command == "apply" {
        let rows =
            run.report().iter().map(|row| format!("{} {} {} {:?}", row.target, row.outcome, row.reason, row.detail));
        texts.extend(rows);
        let log = place.read("log");
        texts.extend(log.lines().filter_map(|line| line.split_once(' ')).map(|(_, line)| timeless(line)));
    }
    texts.into_iter().map(|text| text.replace(&panel.host(), "HOST")).collect()
}

/// The text without its numbers of a time, and without words that hold digits of a run's id.
fn timeless(text: &str) -> String {
    let is_time = |word: &str| word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_id = |word: &str| word.len() > 12 && word.bytes().filter(u8::is_ascii_digit).count() > 8;
    let words = text.split_inclusive(char::is_whitespace);
    words.filter(|word| !is_time(word.trim().trim_matches(['(', ')'])) && !is_id(word.trim())).collect()
}

/// SEC-29: neither a beginning nor a length of a password is told, not even by what is left out.
#[test]
fn nothing_that_is_told_depends_on_a_password() {
    for command in ["check", "apply"] {
        let told = everything(SHORT, command);
        assert_eq!(told, everything(LONG, command));
        assert!(told.iter().any(|text| text.contains("user3@example.com") || text.contains("space")), "{told:?}");
    }
}
