//! Payloads in what `cprekey-cpapi2` prints: the panel's envelope on standard output, and its own words on standard error.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use cprekey_tests::{Panel, Place, payloads};
use serde_json::{Value, json};

use super::{Look, in_json, see};

/// NET-26: every word of an envelope arrives as it was sent, and none steers a terminal.
#[test]
fn an_envelope_is_whole_and_harmless_in_every_form() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    let texts: Vec<Value> =
        in_json().into_iter().filter(|(payload, _)| payload.is_short()).map(|(_, text)| text).collect();
    let keys =
        texts.iter().enumerate().map(|(index, text)| (format!("{index}{}", text.as_str().unwrap()), text.clone()));
    let envelope = json!({"status": 0, "errors": texts, "messages": texts, "warnings": texts, "data": keys.collect::<Value>(), "metadata": {}});
    panel.switch(&json!({"match": {"function": "Email::count_pops"}, "answer": "raw", "body": envelope.to_string()}));
    for form in ["json", "jsonpretty", "yaml"] {
        for look in [Look::Piped, Look::AtTerminal] {
            let line = format!("--api=uapi --output={form} Email count_pops");
            let run = see(look, place.one_call(&line).on(&panel), form);
            assert_eq!(run.code, 3, "{form}");
            if form != "yaml" {
                let said: Value = serde_json::from_str(&run.stdout).unwrap();
                assert_eq!(said["result"]["errors"], envelope["errors"], "{form}");
                assert_eq!(said["result"]["data"], envelope["data"], "{form}");
            }
        }
    }
}

/// NET-26: its own words, of calls and arguments as they were typed, sent or not.
#[test]
fn no_word_that_was_typed_reaches_a_screen_as_it_is() {
    let place = Place::new();
    place.private("token", "ATOKENTHATISNONE");
    let lines: [(&str, &str); 10] = [
        ("", ""),
        ("--api=", ""),
        ("Email passwd_pop ", ""),
        ("Email passwd_pop ", "=@missing"),
        ("Email passwd_pop password=@", ""),
        ("Email passwd_pop password=@env:", ""),
        ("--api=uapi --explain Email passwd_pop email=", ""),
        ("--api=uapi --explain Email passwd_pop ", "=x"),
        ("--api=uapi --explain Email ", ""),
        ("--api=uapi --user=", ""),
    ];
    for payload in payloads().iter().filter(|payload| payload.is_short()) {
        for (line, behind) in lines {
            let mut words: Vec<Vec<u8>> = line.split(' ').map(|word| word.as_bytes().to_vec()).collect();
            if let Some(last) = words.last_mut() {
                last.extend(payload.in_a_name());
                last.extend(behind.as_bytes());
            }
            let options = ["--host=127.0.0.1:1", "--token-user=shop", "--token-file=token"];
            let call = place.one_call("").args(options).args(words.into_iter().map(OsString::from_vec));
            see(Look::Piped, call, &format!("{}: {line}", payload.name));
        }
    }
}

/// NET-26: what it says of a call that came to nothing.
#[test]
fn no_page_reaches_its_standard_error() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    for (payload, text) in in_json().into_iter().step_by(3) {
        let text = text.as_str().unwrap();
        let body = format!("<html><title>{text}</title>{text}</html>");
        panel.clear_switches();
        panel.switch(&json!({"match": {"function": "Email::count_pops"}, "answer": "raw", "content_type": "text/html", "body": body}));
        let run = see(Look::Piped, place.one_call("--api=uapi Email count_pops").on(&panel), &payload.name);
        assert!(run.stdout.is_empty() && run.code != 0, "{run}");
    }
}
