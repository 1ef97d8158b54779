//! What attacks a terminal, and whether anything of it came through.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use serde::Deserialize;

/// Something that no terminal, log or report may be sent, as `fixtures/payloads.toml` has it.
#[derive(Clone, Debug)]
pub struct Payload {
    /// What it is.
    pub name: String,
    /// Its kind, as the file has it.
    pub kind: String,
    /// The thing itself.
    pub bytes: Vec<u8>,
    /// How it stands between the quotation marks of a JSON string; none where JSON has no way for it.
    pub json: Option<String>,
}

#[derive(Deserialize)]
struct File {
    payload: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    kind: String,
    text: Option<String>,
    hex: Option<String>,
    json: Option<String>,
    repeat: Option<usize>,
}

/// All payloads.
pub fn payloads() -> Vec<Payload> {
    let file: File = toml::from_str(include_str!("../../fixtures/payloads.toml")).unwrap();
    file.payload.into_iter().map(Payload::from).collect()
}

impl From<Entry> for Payload {
    fn from(Entry { name, kind, text, hex, json, repeat }: Entry) -> Self {
        let text = text.map(|text| text.repeat(repeat.unwrap_or(1)));
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let json = json.or_else(|| text.as_ref().map(|text| quoted(text).trim_matches('"').to_owned()));
        let hex = hex.iter().flat_map(|hex| hex.split(' ')).map(|byte| u8::from_str_radix(byte, 16).unwrap());
        let bytes = text.map_or_else(|| hex.collect(), String::into_bytes);
        Self { name, kind, bytes, json }
    }
}

impl Payload {
    /// It as a text; none where it is not one.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.is_empty())
    }

    /// Whether it can be an argument or a part of a path.
    pub fn is_short(&self) -> bool {
        self.bytes.len() < 200
    }

    /// It without the bytes that no argument and no file name can have.
    pub fn in_a_name(&self) -> Vec<u8> {
        self.bytes.iter().copied().filter(|byte| !matches!(byte, 0 | b'/')).collect()
    }
}

/// What a text of ours never has: whatever Unicode calls a control or a format character, a separator of lines, or ignorable.
static HARMFUL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}--\n]").unwrap()
});

/// The colours of ours, and how lines end and the bar of progress moves, with what stands for each: at a terminal there is nothing else.
const OURS: [(&str, &str); 10] = [
    ("\u{1b}[0m", ""),
    ("\u{1b}[1m", ""),
    ("\u{1b}[2m", ""),
    ("\u{1b}[4m", ""),
    ("\u{1b}[31m", ""),
    ("\u{1b}[32m", ""),
    ("\u{1b}[33m", ""),
    ("\u{1b}[36m", ""),
    ("\r\u{1b}[2K", "\n"),
    ("\r\n", "\n"),
];

/// Payloads in our own colours, which no test makes us show.
const FORGED_COLOURS: [&str; 2] = ["\u{1b}[32mchanged", "\u{1b}[1m3 changed"];

/// How the lines begin that payloads would add to ours.
const FORGED: [&str; 3] = ["2026-11-01T10:10:12.345Z row 2", "error: none", "run ends"];

/// The first harmful character, or forged line, of a log, a report or what came through a pipe.
pub fn harm_in(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".to_owned()) };
    if let Some(line) = text.lines().find(|line| FORGED.iter().any(|forged| line.starts_with(forged))) {
        return Some(format!("the line {line:?} is forged"));
    }
    let found = HARMFUL.find(text)?;
    let before: String = text[..found.start()].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    Some(format!("{:?} behind {before:?}", &text[found.range()]))
}

/// The same of what a terminal was sent, where our colours and the bar may be.
pub fn harm_at_a_terminal(text: &str) -> Option<String> {
    if let Some(forged) = FORGED_COLOURS.iter().find(|forged| text.contains(**forged)) {
        return Some(format!("{forged:?} is not ours"));
    }
    let mut rest = text.to_owned();
    for (own, is_for) in OURS {
        rest = rest.replace(own, is_for);
    }
    harm_in(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn there_are_payloads_of_every_kind() {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for payload in payloads() {
            *kinds.entry(payload.kind).or_default() += 1;
        }
        let known = ["bidi", "control", "encoding", "invisible", "line", "long", "overwrite", "sequence"];
        assert_eq!(kinds.keys().collect::<Vec<_>>(), known);
        assert!(kinds.values().sum::<usize>() >= 40, "{kinds:?}");
    }

    #[test]
    fn every_payload_would_be_found() {
        for payload in payloads().iter().filter(|payload| payload.name != "a megabyte of one word") {
            let bytes = [b"refused: ", &*payload.bytes, b"\n"].concat();
            assert_eq!(harm_in(&bytes).is_none(), payload.bytes.is_empty(), "{payload:?}");
            if let Some(text) = payload.text() {
                assert!(harm_at_a_terminal(text).is_some(), "{payload:?}");
            }
        }
    }

    #[test]
    fn what_is_ours_is_no_harm() {
        let shown = "\u{1b}[1m\u{1b}[31mrefused\u{1b}[0m  row 2\r\n░░ 0/3\r\u{1b}[2K\u{1b}[1m57 changed\u{1b}[0m\r\n";
        assert_eq!(harm_at_a_terminal(shown), None);
        assert_eq!(harm_in("é\n".as_bytes()), None);
    }
}
