//! What escapes stand for, in the ways in which panels and the programs behind them escape a text.

use zeroize::Zeroizing;

use super::entities;

/// The signs with which an escape begins, each of another way: HTML, URLs, programming languages (JSON among them), quoted-printable.
pub(super) const LEADS: [char; 4] = ['&', '%', '\\', '='];

/// The longest number in a character reference that is read, in digits.
const LONGEST_NUMBER: usize = 9;

/// The longest name of a character.
const LONGEST_NAME: usize = 8;

/// The characters that an escape at the text's beginning may stand for, each with the escape's length; none where there is no escape.
pub(super) fn readings(text: &str) -> Vec<(char, usize)> {
    match text.as_bytes().first() {
        Some(b'&') => in_html(&text[1..]),
        Some(b'%') => in_bytes(text, |text| Some((pair(text.strip_prefix('%')?)?, 3))),
        Some(b'=') => in_bytes(text, |text| Some((pair(text.strip_prefix('=')?)?, 3))),
        Some(b'\\') => behind_a_backslash(text),
        _ => Vec::new(),
    }
}

/// A text of which the escapes that begin with one sign were undone once, and where each part of it stood.
pub(super) struct Unescaped {
    pub(super) text: Zeroizing<String>,
    /// Behind each escape: where that is in this text, and where it was in the one before.
    turns: Vec<(usize, usize)>,
}

impl Unescaped {
    /// Undoes the escapes that begin with `lead`; nothing where there is none.
    pub(super) fn of(text: &str, lead: char) -> Option<Self> {
        // It only becomes shorter, so that no outgrown copy is left in memory.
        let mut plain = Self { text: Zeroizing::new(String::with_capacity(text.len())), turns: Vec::new() };
        let mut at = 0;
        while let Some(found) = text[at..].find(lead) {
            let escape = at + found;
            plain.text.push_str(&text[at..escape]);
            let longest = readings(&text[escape..]).into_iter().max_by_key(|(_, length)| *length);
            let (character, length) = longest.unwrap_or((lead, lead.len_utf8()));
            plain.text.push(character);
            at = escape + length;
            if longest.is_some() {
                plain.turns.push((plain.text.len(), at));
            }
        }
        plain.text.push_str(&text[at..]);
        (!plain.turns.is_empty()).then_some(plain)
    }

    /// Where a place between two characters was in the text before.
    pub(super) fn origin(&self, place: usize) -> usize {
        let turns = self.turns.partition_point(|(here, _)| *here <= place);
        let (here, there) = turns.checked_sub(1).map_or((0, 0), |last| self.turns[last]);
        there + (place - here)
    }
}

/// A character reference behind its `&`, with its semicolon or without.
fn in_html(rest: &str) -> Vec<(char, usize)> {
    let numbers = rest.strip_prefix('#').map(|rest| match rest.strip_prefix(['x', 'X']) {
        Some(digits) => numbered(digits, 16, 3),
        None => numbered(rest, 10, 2),
    });
    let found = numbers.unwrap_or_else(|| {
        let name = |length| Some((entities::named(rest.get(..length)?)?, 1 + length));
        (2..=LONGEST_NAME).filter_map(name).collect()
    });
    let closed = |&(character, length): &(char, usize)| {
        rest.as_bytes().get(length - 1).is_some_and(|byte| *byte == b';').then_some((character, length + 1))
    };
    let all: Vec<_> = found.iter().filter_map(closed).collect();
    all.into_iter().chain(found).collect()
}

/// The characters whose numbers the text begins with, behind so many signs: nobody says where the number ends.
fn numbered(text: &str, radix: u32, before: usize) -> Vec<(char, usize)> {
    let digits = text.bytes().take(LONGEST_NUMBER).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let number = |length| u32::from_str_radix(&text[..length], radix).ok().and_then(char::from_u32);
    (1..=digits).filter_map(|length| Some((number(length)?, before + length))).collect()
}

/// A character whose bytes are escaped one by one, in UTF-8 or Latin-1.
fn in_bytes(text: &str, byte: fn(&str) -> Option<(u8, usize)>) -> Vec<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    let mut length = 0;
    let mut found = Vec::new();
    while bytes.len() < 4
        && let Some((value, taken)) = text.get(length..).and_then(byte)
    {
        bytes.push(value);
        length += taken;
        if bytes.len() == 1 {
            found.push((char::from(value), length));
        } else if let Ok(utf8) = str::from_utf8(&bytes)
            && let Some(character) = only_character(utf8)
        {
            found.push((character, length));
        }
    }
    found
}

fn only_character(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// What stands behind a backslash: `\n`, `\"`, `\x26`, `\x{26}`, `\046`, `\u0026`, `\u{26}`.
fn behind_a_backslash(text: &str) -> Vec<(char, usize)> {
    let mut found = in_bytes(text, |text| {
        let digits = text.strip_prefix('\\')?;
        digits.strip_prefix('x').and_then(pair).map(|byte| (byte, 4)).or_else(|| Some((octal(digits)?, 4)))
    });
    found.extend(in_utf16(text));
    found.extend(in_braces(text));
    found.extend(text[1..].chars().next().and_then(|letter| Some((short(letter)?, 1 + letter.len_utf8()))));
    found
}

/// What a letter stands for by itself.
fn short(letter: char) -> Option<char> {
    match letter {
        'b' => Some('\u{8}'),
        't' => Some('\t'),
        'n' => Some('\n'),
        'f' => Some('\u{c}'),
        'r' => Some('\r'),
        other => Some(other).filter(|other| !other.is_alphanumeric()),
    }
}

fn in_utf16(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(hexadecimal(text.get(at..)?.strip_prefix("\\u")?.get(..4)?)?, 16).ok();
    let first = unit(0)?;
    match char::from_u32(first.into()) {
        Some(character) => Some((character, 6)),
        None => Some((char::decode_utf16([first, unit(6)?]).next()?.ok()?, 12)),
    }
}

fn in_braces(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix("\\x{").or_else(|| text.strip_prefix("\\u{"))?;
    let end = rest.bytes().take(LONGEST_NUMBER).position(|byte| byte == b'}')?;
    Some((char::from_u32(u32::from_str_radix(hexadecimal(&rest[..end])?, 16).ok()?)?, 4 + end))
}

/// The byte that two hexadecimal digits at the text's beginning stand for.
fn pair(text: &str) -> Option<u8> {
    u8::from_str_radix(hexadecimal(text.get(..2)?)?, 16).ok()
}

/// The byte that three octal digits at the text's beginning stand for.
fn octal(text: &str) -> Option<u8> {
    let digits = text.get(..3)?;
    digits.bytes().all(|byte| matches!(byte, b'0'..=b'7')).then(|| u8::from_str_radix(digits, 8).ok())?
}

/// The text, where it is nothing but hexadecimal digits: a sign before them is none.
fn hexadecimal(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_every_way_are_read() {
        for (text, character) in [
            ("&eacute;", 'é'),
            ("&eacute", 'é'),
            ("&#233;", 'é'),
            ("&#233", 'é'),
            ("&#xE9", 'é'),
            ("&#00038;", '&'),
            ("%C3%A9", 'é'),
            ("%e9", 'é'),
            ("=C3=A9", 'é'),
            ("=26", '&'),
            ("\\x26", '&'),
            ("\\xc3\\xa9", 'é'),
            ("\\303\\251", 'é'),
            ("\\046", '&'),
            ("\\x{e9}", 'é'),
            ("\\u{1f600}", '😀'),
            ("\\u00e9", 'é'),
            ("\\ud83d\\ude00", '😀'),
            ("\\b", '\u{8}'),
            ("\\t", '\t'),
            ("\\n", '\n'),
            ("\\f", '\u{c}'),
            ("\\r", '\r'),
            ("\\\"", '"'),
            ("\\“", '“'),
            ("\\\u{85}", '\u{85}'),
        ] {
            assert!(readings(text).contains(&(character, text.len())), "{text}: {:?}", readings(text));
        }
        for text in [
            "", "a", "&", "&é;", "&#;", "&#x;", "%2", "%+1", "%é", "=2", "\\", "\\x2", "\\q", "\\ud83d", "\\u{}", "\\9",
        ] {
            assert_eq!(readings(text), [], "{text}");
        }
    }

    #[test]
    fn what_was_undone_knows_where_it_stood() {
        let plain = Unescaped::of("a%26b%C3%A9", '%');
        let plain = plain.as_ref().map(|plain| (plain.text.as_str(), [0, 1, 2, 3, 5].map(|place| plain.origin(place))));
        assert_eq!(plain, Some(("a&bé", [0, 1, 4, 5, 11])));
        assert!(Unescaped::of("100 % of a%abb", '%').is_some_and(|plain| &*plain.text == "100 % of a\u{ab}b"));
        assert!(Unescaped::of("100 % &amp;", '%').is_none());
    }

    #[test]
    fn a_character_behind_a_backslash_is_as_long_as_it_is() {
        for letter in ['\n', '\u{85}', '\u{2028}', '😀'] {
            let plain = Unescaped::of(&format!("a\\{letter}b"), '\\');
            let plain = plain.as_ref().map(|plain| (plain.text.as_str(), plain.origin(1 + letter.len_utf8())));
            assert_eq!(plain, Some((&*format!("a{letter}b"), 2 + letter.len_utf8())));
        }
    }
}
