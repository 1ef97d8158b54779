//! Where a secret stands in a text, whatever escaping it went through.
//!
//! A panel may give a password back as it was sent, percent-encoded, as JSON, as HTML, with its quotation marks doubled, broken over lines, or
//! in base64. All but the last escape a text character by character, each in several ways (`é` as `%C3%A9` or `%c3%a9`, `"` as `\"`, `\u0022`, `&quot;` or `""`),
//! so a secret is compared character by character, and any mixture of them is found.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::safe::breaks_the_line;

/// Every place where the secret stands in the text, as byte ranges that begin and end at characters; they may overlap.
pub(super) fn places(text: &str, secret: &str) -> Vec<Range<usize>> {
    if secret.is_empty() {
        return Vec::new();
    }
    let starts = starts(text, secret.starts_with(' '));
    let escaped = starts.filter_map(|start| Some(start..escaped_end(text, start, secret)?));
    escaped.chain(in_base64(text, secret)).collect()
}

/// Where the secret may begin. Of line breaks that stand for its first space the first alone counts: they are taken together.
fn starts(text: &str, begins_with_space: bool) -> impl Iterator<Item = usize> {
    let mut after_break = false;
    text.char_indices().filter_map(move |(start, letter)| {
        let breaks = begins_with_space && breaks_the_line(letter);
        let behind_one = std::mem::replace(&mut after_break, breaks) && breaks;
        (!behind_one).then_some(start)
    })
}

/// Where the secret that begins at `start` ends, if one does. Several readings are possible on the way (`%25` is an escaped `%`, or
/// three characters of the secret itself), so all are followed; the longest wins.
fn escaped_end(text: &str, start: usize, secret: &str) -> Option<usize> {
    let mut ends = vec![start];
    for character in secret.chars() {
        let mut further: Vec<usize> =
            ends.iter().flat_map(|&end| forms(&text[end..], character).map(move |length| end + length)).collect();
        further.sort_unstable();
        further.dedup();
        if further.is_empty() {
            return None;
        }
        ends = further;
    }
    ends.last().copied()
}

/// The lengths of the forms of this character with which the text begins.
fn forms(text: &str, character: char) -> impl Iterator<Item = usize> {
    let readings = [as_is, wrapped, in_a_url, in_json, in_html, doubled].map(|reading| reading(text, character));
    readings.into_iter().flatten()
}

fn as_is(text: &str, character: char) -> Option<usize> {
    text.starts_with(character).then(|| character.len_utf8())
}

/// A space that became the end of a line: line breaks of whatever number are shown as one space.
fn wrapped(text: &str, character: char) -> Option<usize> {
    if character != ' ' {
        return None;
    }
    let length = text.find(|other| !breaks_the_line(other)).unwrap_or(text.len());
    (length > 0).then_some(length)
}

fn in_a_url(text: &str, character: char) -> Option<usize> {
    if character == ' ' && text.starts_with('+') {
        return Some(1);
    }
    let mut length = 0;
    for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
        let digits = text.get(length..)?.strip_prefix('%')?.get(..2)?;
        (hexadecimal(digits)? == u32::from(byte)).then_some(())?;
        length += 3;
    }
    Some(length)
}

fn in_json(text: &str, character: char) -> Option<usize> {
    let escaped = text.strip_prefix('\\')?;
    let short = match character {
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        other => other,
    };
    if escaped.starts_with(short) && (short != character || !character.is_alphanumeric()) {
        return Some(1 + short.len_utf8());
    }
    let mut length = 0;
    for unit in character.encode_utf16(&mut [0; 2]) {
        let digits = text.get(length..)?.strip_prefix("\\u")?.get(..4)?;
        (hexadecimal(digits)? == u32::from(*unit)).then_some(())?;
        length += 6;
    }
    Some(length)
}

fn in_html(text: &str, character: char) -> Option<usize> {
    let name_end = text.strip_prefix('&')?.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..=name_end)?;
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => char::from_u32(numeric_reference(name)?)?,
    };
    (meant == character).then_some(name_end + 2)
}

/// As SQL, CSV and YAML write a quotation mark.
fn doubled(text: &str, character: char) -> Option<usize> {
    let rest = text.strip_prefix(character).filter(|_| matches!(character, '"' | '\''))?;
    rest.starts_with(character).then_some(2)
}

fn numeric_reference(name: &str) -> Option<u32> {
    let number = name.strip_prefix('#')?;
    number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), hexadecimal)
}

fn hexadecimal(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// How many base64 characters must agree before they are no accident.
const TELLING_LENGTH: usize = 4;

/// The words of base64 that hold the secret, alone or among other bytes (`user:secret`), in either alphabet.
fn in_base64(text: &str, secret: &str) -> Vec<Range<usize>> {
    let cores: Vec<_> = (0..3).map(|before| core_in_base64(secret, before)).collect();
    let holds_it = |word: &str| {
        let standard = Zeroizing::new(word.replace('-', "+").replace('_', "/"));
        cores.iter().any(|core| core.len() >= TELLING_LENGTH && standard.contains(core.as_str()))
    };
    words_of_base64(text).into_iter().filter(|word| holds_it(&text[word.clone()])).collect()
}

/// The base64 characters that depend on the secret alone when so many bytes (modulo three) stand before it.
fn core_in_base64(secret: &str, before: usize) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(vec![0; before]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(&*bytes));
    let from = (before * 8).div_ceil(6);
    let to = bytes.len() * 8 / 6;
    Zeroizing::new(encoded.get(from..to).unwrap_or_default().to_owned())
}

fn words_of_base64(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if !(byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte)) {
            continue;
        }
        match words.last_mut() {
            Some(word) if word.end == at => word.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}
