//! What a panel repeats of a password comes nowhere, whatever it has made of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cprekey_tests::{Panel, Place};
use serde_json::json;

const PASSWORD: &str = "Tide&\"Orchard\" <7>";

/// The password as panels may repeat it.
fn forms() -> Vec<String> {
    let percent: String = PASSWORD.bytes().flat_map(|byte| ["%".to_owned(), format!("{byte:02x}")]).collect();
    let html = PASSWORD.replace('&', "&amp;").replace('"', "&#34;").replace('<', "&lt;").replace('>', "&gt;");
    let json = serde_json::Value::from(PASSWORD).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let units: String = PASSWORD.encode_utf16().flat_map(|unit| ["\\u".to_owned(), format!("{unit:04x}")]).collect();
    let base64 = STANDARD.encode(format!("user1:{PASSWORD}"));
    vec![PASSWORD.to_owned(), percent, html, json, units, base64]
}

/// SEC-23: it is taken out of every reason, and so out of the screen, the log, the events and every report; each run is searched for it in all
/// its forms.
#[test]
fn a_repeated_password_comes_nowhere_in_any_form() {
    for form in forms() {
        for output in ["human", "json"] {
            let (place, panel) = ready();
            panel.switch(&json!({"answer": "refuse", "text": format!("no: {form}."), "match": {"function": "Email::passwd_pop"}}));
            let options =
                ["--log", "log", "--verbose", "--report", "more.ndjson", "--report", "more.xlsx", "--output", output];
            let run = place.apply("list.csv").on(&panel).args(options).run();
            assert_eq!((run.code, run.outcomes()), (3, vec!["refused"]), "{run}");
            assert_eq!(run.report()[0].detail, "no: [password].", "{form}");
        }
    }
}

/// SEC-24: of a page in place of an answer nothing is kept, wherever the password stands in it.
#[test]
fn a_page_with_the_password_is_not_kept() {
    for status in [200, 403, 500] {
        let (place, panel) = ready();
        let body = format!("<html><title>{PASSWORD}</title><p>POST password={}</html>", forms()[1]);
        let rule = json!({"match": {"function": "Email::passwd_pop"}, "answer": "raw", "status": status,
            "content_type": "text/html", "body": body});
        panel.switch(&rule);
        let run = place.apply("list.csv").on(&panel).args(["--log", "log", "--verbose", "--retries", "0"]).run();
        assert!(run.code != 0 && run.outcomes() != ["changed"], "{run}");
    }
}

fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    (place, panel)
}
