//! Foreign words on their way to a terminal: secrets taken out, then made harmless.
//!
//! The input is texts with a byte 0xFF between them, which stands in no UTF-8: what a panel says, then the secrets.

use std::borrow::Cow;

use cprekey_core::SecretString;
use cprekey_core::text::{SAFE_LENGTH, redact, redact_value, safe};

use crate::harmless::assert_harmless;

/// What stands where a secret stood.
const MARK: &str = "[password]";

/// What stands instead of words with a very short secret in them.
const WITHHELD: &str = "(the panel's words are left out: they may hold the password)";

/// A secret of fewer characters is very short.
const TELLING_LENGTH: usize = 4;

/// More secrets than a row has.
const MOST_SECRETS: usize = 3;

/// Words come out harmless, on one line of bounded length, and without the secrets, in whatever form they stood in them.
pub fn run(input: &[u8]) {
    let mut texts = input.split(|byte| *byte == 0xff).map(String::from_utf8_lossy);
    let Some(said) = texts.next() else { return };
    made_safe(&said);
    let secrets: Vec<String> = texts.take(MOST_SECRETS).map(Cow::into_owned).collect();
    freed(&said, &secrets);
    let first = secrets.first().map_or("", String::as_str);
    for form in forms(first) {
        freed(&format!("{said}{form} {said}"), &secrets);
        freed(&form, &secrets);
    }
}

fn made_safe(said: &str) {
    let shown = safe(said);
    assert_harmless(&shown);
    assert!(shown.chars().count() <= SAFE_LENGTH);
    assert_eq!(safe(&shown), shown, "a safe text stays as it is");
}

fn freed(said: &str, secrets: &[String]) {
    let hidden: Vec<SecretString> = secrets.iter().map(|secret| secret.as_str().into()).collect();
    let hidden: Vec<&SecretString> = hidden.iter().collect();
    let freed = redact(said, &hidden);
    if freed == WITHHELD {
        let short = secrets.iter().any(|secret| (1..TELLING_LENGTH).contains(&secret.chars().count()));
        assert!(short || said == WITHHELD, "{said:?} is left out without need");
        if short {
            return;
        }
    }
    let shown = safe(&freed);
    made_safe(&freed);
    let whole_line = !shown.ends_with('…');
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        for form in forms(secret) {
            assert!(freed.split(MARK).all(|rest| !rest.contains(&form)), "{form:?} stands in {freed:?}");
        }
        if whole_line {
            assert!(pieces(&shown).all(|rest| !rest.contains(secret.as_str())), "{secret:?} is shown in {shown:?}");
        }
    }
    assert!(secrets.iter().all(|secret| secret.is_empty() || redact_value(secret, &hidden) == MARK));
}

/// What is shown, but for what stands there instead of secrets and of harmful characters (`\u{1b}`).
fn pieces(shown: &str) -> impl Iterator<Item = &str> {
    let parts = shown.split(MARK).flat_map(|rest| rest.split("\\u{").enumerate());
    parts.map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or(part, |(_, behind)| behind) })
}

/// The forms in which a panel gives a text back.
fn forms(text: &str) -> Vec<String> {
    let json = serde_json::Value::from(text).to_string();
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    vec![
        text.to_owned(),
        joined(text.bytes().map(|byte| format!("%{byte:02X}"))),
        joined(text.bytes().map(|byte| format!("%{byte:02x}"))),
        joined(text.encode_utf16().map(|unit| format!("\\u{unit:04x}"))),
        joined(text.chars().map(|letter| format!("&#{};", u32::from(letter)))),
        json[1..json.len() - 1].to_owned(),
        html,
    ]
}

fn joined(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().concat()
}
