//! The forms in which a secret may come to light: as it is, and as programs write it.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// What is shorter may be another word backwards.
const SHORTEST_BACKWARDS: usize = 8;

/// The secret as it is, percent-encoded, in JSON, HTML, CSV and YAML, in base64, in hexadecimal digits, in UTF-16, and backwards.
pub(crate) fn forms(secret: &str) -> BTreeSet<Vec<u8>> {
    let texts =
        percent_encoded(secret).into_iter().chain(in_json(secret)).chain(in_html(secret)).chain(in_base64(secret));
    let texts = texts.chain(doubled(secret)).chain(in_hex(secret)).chain(backwards(secret)).chain([secret.to_owned()]);
    let [little, big]: [fn(u16) -> [u8; 2]; 2] = [u16::to_le_bytes, u16::to_be_bytes];
    let utf_16 = [little, big].map(|bytes| secret.encode_utf16().flat_map(bytes).collect());
    texts.map(String::into_bytes).chain(utf_16).collect()
}

/// With different characters left as they are, and with escapes in upper and lower case.
fn percent_encoded(secret: &str) -> [String; 5] {
    let percent = |keep: &str| -> String {
        let encode = |byte: u8| match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() || keep.contains(plain) => plain.to_string(),
            _ => format!("%{byte:02X}"),
        };
        secret.bytes().map(encode).collect()
    };
    let form = percent("*-._ ").replace(' ', "+");
    let uri = percent("-._~");
    let [form_lower, uri_lower] = [&form, &uri].map(|text| lower_escapes(text));
    [form, uri, percent(""), form_lower, uri_lower]
}

/// With as few escapes as JSON allows, and with more and more of `\u0041`, in upper and lower case.
fn in_json(secret: &str) -> Vec<String> {
    let plain: [fn(char) -> bool; 5] = [
        |_| true,
        |letter| letter.is_ascii(),
        |letter| letter.is_ascii() && !"<>&'+\"".contains(letter),
        |letter| letter.is_ascii_alphanumeric(),
        |_| false,
    ];
    let unit = |unit: u16, upper| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
    let letter = |letter: char, plain: fn(char) -> bool, upper| {
        if plain(letter) {
            let json = serde_json::Value::from(letter.to_string()).to_string();
            return json[1..json.len() - 1].to_owned();
        }
        letter.encode_utf16(&mut [0; 2]).iter().map(|&code| unit(code, upper)).collect()
    };
    let ways = plain.into_iter().flat_map(|plain| [(plain, false), (plain, true)]);
    ways.map(|(plain, upper)| secret.chars().map(|character| letter(character, plain, upper)).collect()).collect()
}

/// In both alphabets, and wherever in a group of three bytes it begins: what of its base64 does not depend on the bytes around it.
fn in_base64(secret: &str) -> Vec<String> {
    let whole = |before: usize| {
        let bytes = [&vec![0; before], secret.as_bytes()].concat();
        let certain = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
        [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|engine| engine.encode(&bytes)[certain.clone()].to_owned())
    };
    (0..3).flat_map(whole).collect()
}

/// The same text with its escapes in lower case.
fn lower_escapes(text: &str) -> String {
    let mut parts = text.split('%');
    let begin = parts.next().unwrap_or_default().to_owned();
    parts.fold(begin, |text, part| {
        let (escape, rest) = part.split_at(2);
        format!("{text}%{}{rest}", escape.to_ascii_lowercase())
    })
}

/// With only what HTML must escape, with that and quotation marks in each of their spellings, and with references for every character.
fn in_html(secret: &str) -> Vec<String> {
    let marks = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = marks.replace('"', "&quot;");
    let references = |form: fn(u32) -> String| secret.chars().map(|letter| form(u32::from(letter))).collect::<String>();
    let apostrophes = ["&apos;", "&#39;", "&#039;", "&#x27;"].map(|apostrophe| quoted.replace('\'', apostrophe));
    let all =
        [|code| format!("&#{code};"), |code| format!("&#x{code:x};"), |code| format!("&#x{code:X};")].map(references);
    [marks, quoted].into_iter().chain(apostrophes).chain(all).collect()
}

/// As CSV and YAML write quotation marks, and a shell.
fn doubled(secret: &str) -> [String; 3] {
    [secret.replace('"', "\"\""), secret.replace('\'', "''"), secret.replace('\'', "'\\''")]
}

/// Two digits a byte.
fn in_hex(secret: &str) -> [String; 2] {
    let digits = |form: fn(u8) -> String| secret.bytes().map(form).collect();
    [digits(|byte| format!("{byte:02x}")), digits(|byte| format!("{byte:02X}"))]
}

fn backwards(secret: &str) -> Option<String> {
    (secret.chars().count() >= SHORTEST_BACKWARDS).then(|| secret.chars().rev().collect())
}
