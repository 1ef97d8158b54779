//! Panels that say passwords and tokens back, in the forms in which servers write.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use cprekey_tests::Person;
use serde_json::{Value, json};

use crate::ground::{Ground, SHOP, canary};

/// How servers write a text back.
fn echoes(text: &str) -> [String; 12] {
    let percent = |keep: &str| -> String {
        let byte = |byte: u8| match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() || keep.contains(plain) => plain.to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let letters = |form: fn(u32) -> String| text.chars().map(|letter| form(u32::from(letter))).collect::<String>();
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    [
        text.to_owned(),
        percent("-._ ").replace(' ', "+"),
        percent("-._~"),
        text.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02x}")),
        json!(text).to_string(),
        letters(|code| format!("\\u{code:04x}")),
        html.replace('\'', "&#39;"),
        letters(|code| format!("&#{code};")),
        letters(|code| format!("&#x{code:x};")),
        STANDARD.encode(text),
        URL_SAFE.encode(format!("shop:{text}")),
        text.replace('"', "\"\""),
    ]
}

/// The panel refuses each mailbox with its own password in its words, in two forms.
fn refusals() -> Value {
    let rule = |number: usize| {
        let echoes = echoes(&canary(number));
        let text = format!("bad password ({}) or {}, try again", echoes[2 * number - 2], echoes[2 * number - 1]);
        let on = json!({"function": "Email::passwd_pop", "address": format!("user{number}@example.com")});
        json!({"match": on, "answer": "refuse", "text": text})
    };
    (1..=6).map(rule).collect()
}

/// SEC-23: in the words of a refusal, which are shown, logged and reported.
#[test]
fn refusals_that_say_the_password() {
    for output in ["human", "json"] {
        let ground = Ground::new();
        ground.panel.switch(&refusals());
        let run = ground.scan(ground.apply().on(&ground.panel).args(["--output", output]));
        assert!(run.report()[0].detail.contains("[password]"), "{run}");
    }
}

/// SEC-23: the same through WHM and by local programs.
#[test]
fn refusals_that_say_the_password_by_other_ways() {
    let ground = Ground::new();
    ground.panel.switch(&refusals());
    let run = ground.scan(ground.apply().through_whm(&ground.panel));
    assert!(run.report()[0].detail.contains("[password]"), "{run}");
    for person in [Person::Root, SHOP] {
        let ground = Ground::new();
        ground.panel.switch(&refusals());
        let run = ground.scan(ground.apply().locally(&ground.panel, person));
        assert!(run.report()[0].detail.contains("[password]"), "{run}");
    }
}

/// SEC-23: in the messages beside a success, and in what a local program says on standard error.
#[test]
fn messages_that_say_the_password() {
    let messages = echoes(&canary(1)).to_vec();
    let ground = Ground::new();
    let on = json!({"function": "Email::passwd_pop", "address": "user1@example.com"});
    ground.panel.switch(&json!({"match": on, "answer": "messages", "messages": messages}));
    ground.scan(ground.apply().on(&ground.panel));
    let ground = Ground::new();
    let on = json!({"function": "Email::passwd_pop", "address": "user1@example.com"});
    ground.panel.switch(&json!({"match": on, "answer": "stderr", "text": echoes(&canary(1)).join("\n")}));
    ground.scan(ground.apply().locally(&ground.panel, SHOP));
}

/// SEC-23, SEC-24: in pages that stand where an answer should, with the token beside.
#[test]
fn error_pages_that_say_the_password_and_the_token() {
    for status in [200, 403, 404, 500, 503] {
        let ground = Ground::new();
        let token = ground.panel.token("shop").to_owned();
        let said = [echoes(&canary(1)).join("</li><li>"), echoes(&token).join("</li><li>")].concat();
        let page = format!("<html><title>{}</title><li>Authorization: cpanel shop:{token}<li>{said}", canary(1));
        let on = json!({"function": "Email::passwd_pop"});
        let rule = json!({"match": on, "answer": "raw", "status": status, "content_type": "text/html", "body": page});
        ground.panel.switch(&rule);
        let run = ground.scan(ground.apply().on(&ground.panel).args(["--retries", "0"]));
        assert!([4, 7].contains(&run.code), "{status}: {run}");
    }
}

/// SEC-23: in the words of a refusal with the token in them.
#[test]
fn refusals_that_say_the_token() {
    let ground = Ground::new();
    let text = echoes(ground.panel.token("shop")).join(" or ");
    ground.panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "refuse", "text": text}));
    ground.scan(ground.apply().on(&ground.panel));
}
