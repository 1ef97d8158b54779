//! Where a secret stands in a text, whatever escaping it went through.
//!
//! A panel may give a password back as it was sent, percent-encoded, as JSON or another language writes texts, as HTML, in quoted-printable, with
//! its quotation marks doubled, broken over lines, or in base64. All but the last escape a text character by character, each in several ways (`é` as `%C3%A9` or
//! `%c3%a9`, `"` as `\"`, `\u0022`, `&quot;` or `""`), so a secret is compared character by character, and any mixture of them is found. What was
//! escaped several times is undone before that, twice in each way.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::escapes::{LEADS, Unescaped, readings};
use super::safe::breaks_the_line;

/// How often the escapes of one way are undone before the secret is looked for, which undoes them once more.
const UNDONE: usize = 2;

/// Every place where the secret stands in the text, as byte ranges that begin and end at characters; they may overlap.
pub(super) fn places(text: &str, secret: &str) -> Vec<Range<usize>> {
    // However a character is written, it takes a byte at least.
    if secret.is_empty() || text.len() < secret.chars().count() {
        return Vec::new();
    }
    let mut places = escaped_once(text, secret);
    for lead in LEADS {
        places.extend(undone(text, secret, lead, UNDONE));
    }
    places
}

/// Where the secret stands once the escapes that begin with `lead` are undone, up to so many times.
fn undone(text: &str, secret: &str, lead: char, times: usize) -> Vec<Range<usize>> {
    let Some(plain) = (times > 0).then(|| Unescaped::of(text, lead)).flatten() else { return Vec::new() };
    let mut places = escaped_once(&plain.text, secret);
    places.extend(undone(&plain.text, secret, lead, times - 1));
    places.into_iter().map(|place| plain.origin(place.start)..plain.origin(place.end)).collect()
}

fn escaped_once(text: &str, secret: &str) -> Vec<Range<usize>> {
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
    let plain = [as_is, wrapped, as_a_plus, doubled].map(|reading| reading(text, character));
    let escaped = readings(text).into_iter().filter(move |(meant, _)| *meant == character);
    plain.into_iter().flatten().chain(escaped.map(|(_, length)| length))
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

/// As a form in a URL writes a space.
fn as_a_plus(text: &str, character: char) -> Option<usize> {
    (character == ' ' && text.starts_with('+')).then_some(1)
}

/// As SQL, CSV and YAML write a quotation mark.
fn doubled(text: &str, character: char) -> Option<usize> {
    let rest = text.strip_prefix(character).filter(|_| matches!(character, '"' | '\''))?;
    rest.starts_with(character).then_some(2)
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
