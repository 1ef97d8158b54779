//! Payloads in what a person, or who named a file for her, types: paths, options, profiles.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;

use cprekey_tests::{Panel, Payload, Place, harm_at_a_terminal, harm_in, payloads};

use super::{Look, see, with_a_look};

const LIST: &[u8] = b"email,password\nuser1@example.com,Tide&Orchard#7\nnobody,Tide&Orchard#7\n";

/// The options that take something, and the words before them.
const OPTIONS: [(&str, &[&str]); 21] = [
    ("", &[]),
    ("--", &[]),
    ("--sheet=", &["check", "list.csv"]),
    ("--columns=email=", &["check", "list.csv"]),
    ("--columns=", &["check", "list.csv"]),
    ("--delimiter=", &["check", "list.csv"]),
    ("--encoding=", &["check", "list.csv"]),
    ("--domain=", &["check", "list.csv"]),
    ("--include=", &["check", "list.csv"]),
    ("--profile=", &["check", "list.csv"]),
    ("--user=", &["plan", "list.csv", "--host=127.0.0.1:1", "--token-file=token"]),
    ("--host=", &["plan", "list.csv", "--user=shop", "--token-file=token"]),
    ("--account=", &["plan", "list.csv", "--host=127.0.0.1:1", "--as=whm", "--user=root", "--token-file=token"]),
    ("--token-file=", &["plan", "list.csv", "--host=127.0.0.1:1", "--user=shop"]),
    ("--cacert=", &["plan", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token"]),
    ("--pin=", &["plan", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token"]),
    ("--resolve=", &["plan", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token"]),
    ("--rate=", &["plan", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token"]),
    ("--bin-dir=", &["plan", "list.csv", "--local"]),
    ("--report=", &["apply", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token", "--yes"]),
    (
        "--log=",
        &["apply", "list.csv", "--host=127.0.0.1:1", "--user=shop", "--token-file=token", "--yes", "--retries=0"],
    ),
];

fn ready() -> Place {
    let place = Place::new();
    place.private("list.csv", LIST);
    place.private("token", "ATOKENTHATISNONE");
    place
}

/// The payload between two texts, as an argument.
fn word(before: &str, payload: &Payload, behind: &str) -> OsString {
    OsString::from_vec([before.as_bytes(), &payload.in_a_name(), behind.as_bytes()].concat())
}

/// A terminal is given its line as text.
fn possible(look: Look, payload: &Payload) -> Look {
    if payload.text().is_some() { look } else { Look::Piped }
}

/// INP-42: the list itself, and every file that is written.
#[test]
fn no_files_name_reaches_a_screen_as_it_is() {
    let ground = Place::new();
    let panel = Panel::with_mailboxes_and(&ground, 1, &["--no-hashing"]);
    for (payload, look) in with_a_look(payloads()).filter(|(payload, _)| payload.is_short()) {
        let place = ready();
        let look = possible(look, &payload);
        let file = |before: &str, behind| word(before, &payload, behind);
        fs::write(place.path("").join(file("l", ".csv")), LIST).unwrap();
        see(look, place.cprekey(["check"]).args([file("l", ".csv")]), &payload.name);
        let outputs = [
            ("--report", "r", ".csv"),
            ("--report", "s", ".xlsx"),
            ("--report", "t", ".ndjson"),
            ("--log", "g", ".log"),
        ];
        let outputs = outputs.into_iter().flat_map(|(option, before, behind)| [option.into(), file(before, behind)]);
        let outputs: Vec<OsString> = outputs.collect();
        // Once more, so that there are earlier files to keep.
        for _ in 0..2 {
            let apply = place.cprekey(["apply"]).args([file("l", ".csv")]).args(["--yes", "--skip-invalid"]);
            see(look, apply.args(outputs.clone()).on(&panel), &payload.name);
        }
        let log = fs::read(place.path("").join(file("g", ".log"))).unwrap();
        assert_eq!(harm_in(&log), None, "{}", payload.name);
        let missing = place.cprekey(["check"]).args([file("missing/", ".csv")]);
        see(look, missing, &payload.name);
        for option in ["--report", "--failed", "--log"] {
            let apply = place
                .cprekey(["apply", "list.csv", "--yes", "--skip-invalid", option])
                .args([file("missing/", ".csv")]);
            assert_eq!(see(look, apply.on(&panel), &payload.name).code, 2);
        }
    }
}

/// NET-26, INP-42: the names of hosts, users, sheets, columns, profiles, and whatever is typed where it means nothing.
#[test]
fn no_word_that_was_typed_reaches_a_screen_as_it_is() {
    let place = ready();
    for (payload, look) in with_a_look(payloads()).filter(|(payload, _)| payload.is_short()) {
        for (index, (option, words)) in OPTIONS.into_iter().enumerate() {
            // A terminal for some, since each is a shell and two programs more.
            let look = if index % 7 == payload.bytes.len() % 7 { possible(look, &payload) } else { Look::Piped };
            let look = if matches!(look, Look::Json) { Look::AtTerminal } else { look };
            let look = possible(look, &payload);
            see(look, place.cprekey(words.iter().copied()).args([word(option, &payload, "")]), &payload.name);
        }
    }
}

/// The same in a profile, which somebody else may have written.
#[test]
fn no_word_of_a_profile_reaches_a_screen_as_it_is() {
    let place = ready();
    fs::create_dir_all(place.path("home/.config_home/cprekey")).unwrap();
    for (payload, look) in with_a_look(payloads()).filter(|(payload, _)| payload.is_short()) {
        let Some(text) = payload.text() else { continue };
        let quoted = serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f");
        for profile in [
            format!("[p]\nuser = {quoted}\nhost = '127.0.0.1:1'\n"),
            format!("[p]\nhost = {quoted}\n"),
            format!("[p]\n{quoted} = 1\n"),
            format!("[{quoted}]\n"),
            format!("[p]\nrate = {quoted}\nhost = '127.0.0.1:1'\n"),
            format!("[p]\nrate = {text}\n"),
        ] {
            fs::write(place.path("home/.config_home/cprekey/config.toml"), profile).unwrap();
            let plan = place.cprekey([
                "plan",
                "list.csv",
                "--profile",
                "p",
                "--skip-invalid",
                "--token-file",
                "token",
                "--retries",
                "0",
            ]);
            let run = see(look, plan, &payload.name);
            assert_ne!(run.code, 0, "{run}");
        }
    }
}

/// NET-26: the account and the host are named in the question for the token.
#[test]
fn no_name_in_a_question_reaches_a_screen_as_it_is() {
    let place = ready();
    for payload in
        payloads().iter().filter(|payload| payload.kind == "bidi" || payload.name.starts_with("window title"))
    {
        let plan = place.cprekey(["plan", "list.csv", "--skip-invalid", "--host=127.0.0.1:1", "--retries=0"]);
        let run = plan.args([word("--user=", payload, "")]).env("TERM", "xterm").at_terminal("not-a-token\n").run();
        assert_eq!(harm_at_a_terminal(&run.stdout), None, "{}", payload.name);
        assert!(run.stdout.contains("API token of") || run.stdout.contains("--user"), "{run}");
    }
}
