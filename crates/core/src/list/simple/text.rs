//! The text of an element, as the library that reads workbooks gives it.

use std::str;

use memchr::{memchr_iter, memchr3};
use zeroize::Zeroizing;

/// The entities that every XML has.
const ENTITIES: [(&[u8], char); 5] = [(b"amp;", '&'), (b"lt;", '<'), (b"gt;", '>'), (b"quot;", '"'), (b"apos;", '\'')];

/// White space at the ends of a text that does not say that it matters.
const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

/// Takes texts out of elements; what it needs to do so is wiped in the end.
#[derive(Default)]
pub(super) struct Reader {
    decoded: Zeroizing<String>,
}

impl Reader {
    /// The text that stands in an element; `is_kept` says that white space at its ends matters. Nothing where it is written in ways that are not simple:
    /// numbers of signs, line ends that XML changes, or Excel's own `_x0041_`.
    pub(super) fn text<'a>(&'a mut self, written: &'a [u8], is_kept: bool) -> Option<&'a str> {
        let text = if is_plain(written)? { str::from_utf8(written).ok()? } else { self.decode(written)? };
        Some(if is_kept { text } else { text.trim_matches(SPACES) })
    }

    fn decode(&mut self, written: &[u8]) -> Option<&str> {
        let mut text = Zeroizing::new(String::with_capacity(written.len()));
        let mut pieces = written.split(|byte| *byte == b'&');
        text.push_str(str::from_utf8(pieces.next()?).ok()?);
        for piece in pieces {
            let (name, sign) = entity(piece)?;
            text.push(*sign);
            text.push_str(str::from_utf8(&piece[name.len()..]).ok()?);
        }
        self.decoded = text;
        Some(&self.decoded)
    }
}

/// Whether every `&` in a text that nobody needs begins an entity that every XML has.
pub(super) fn has_known_entities(written: &[u8]) -> bool {
    memchr_iter(b'&', written).all(|place| entity(&written[place + 1..]).is_some())
}

/// The entity whose name a text begins with, behind its `&`.
fn entity(text: &[u8]) -> Option<&'static (&'static [u8], char)> {
    ENTITIES.iter().find(|(name, _)| text.starts_with(name))
}

/// Whether a text stands there as it is, without entities; nothing where it is not simple.
fn is_plain(written: &[u8]) -> Option<bool> {
    let mut at = 0;
    let mut is_plain = true;
    while let Some(found) = memchr3(b'&', b'_', b'\r', &written[at..]) {
        let place = at + found;
        match written[place] {
            b'&' => is_plain = false,
            b'_' if written.get(place + 1) != Some(&b'x') => {}
            _ => return None,
        }
        at = place + 1;
    }
    Some(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_it_says() {
        let mut reader = Reader::default();
        for (written, kept, trimmed) in [
            ("a b", "a b", "a b"),
            (" a\u{a0}\n", " a\u{a0}\n", "a\u{a0}"),
            ("&lt;&amp;lt;&gt; &quot;&apos;", "<&lt;> \"'", "<&lt;> \"'"),
            ("_a_ _", "_a_ _", "_a_ _"),
            ("", "", ""),
        ] {
            assert_eq!(reader.text(written.as_bytes(), true), Some(kept));
            assert_eq!(reader.text(written.as_bytes(), false), Some(trimmed));
        }
    }

    #[test]
    fn what_is_not_simple_is_left() {
        let mut reader = Reader::default();
        for written in [&b"a\rb"[..], b"_x0041_", b"a&#65;", b"&amp", b"&nbsp;", b"&", b"\xff", b"&amp;\xff"] {
            assert_eq!(reader.text(written, true), None, "{written:?}");
        }
    }
}
