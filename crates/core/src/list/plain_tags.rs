//! The tags of a sheet as nearly all programs write them (ECMA-376, part 1, 18.3.1), told byte by byte. A piece is what stands from
//! behind one `<` to before the next.

use memchr::{memchr, memchr3, memmem};

use super::marks::reference;

/// The last row of a sheet.
const LAST_ROW: u32 = 1_048_576;

/// The names that mean something in a sheet (ECMA-376, part 1, 18.3.1); with a prefix they mean the same to the library.
const TELLING: [&[u8]; 6] = [b"c", b"row", b"v", b"col", b"sheetData", b"mergeCell"];

/// The most digits of a number of a text.
const MOST_DIGITS: usize = 10;

/// The tag with which a piece begins, without its brackets, and what stands behind it; nothing where the tag does not end there. What stands
/// in quotation marks does not end it.
pub(super) fn tag_of(piece: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    loop {
        at += memchr3(b'"', b'\'', b'>', &piece[at..])?;
        if piece[at] == b'>' {
            return Some((&piece[..at], &piece[at + 1..]));
        }
        at += memchr(piece[at], &piece[at + 1..])? + 2;
    }
}

/// The name with which a tag begins.
pub(super) fn name_of(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &tag[..end.unwrap_or(tag.len())]
}

/// Whether a declaration says that the sheet is written in UTF-8, or nothing of it, which means the same.
pub(super) fn is_utf_8(declaration: &[u8]) -> bool {
    let upper = declaration.to_ascii_uppercase();
    memmem::find(&upper, b"ENCODING").is_none() || memmem::find(&upper, b"ENCODING=\"UTF-8\"").is_some()
}

/// What the tag of a row says.
pub(super) struct PlainRow {
    /// Its number, from 0.
    pub(super) number: Option<u32>,
}

/// What the tag of a row says, where it has its number first, or nothing, and says nothing of being hidden.
pub(super) fn plain_row(tag: &[u8]) -> Option<PlainRow> {
    if tag == b"row" || tag == b"row/" {
        return Some(PlainRow { number: None });
    }
    let (number, rest) = attribute(tag.strip_prefix(b"row")?, b'r')?;
    let number = whole(number).filter(|row| (1..=LAST_ROW).contains(row))?;
    memmem::find(rest, b"hidden").is_none().then_some(PlainRow { number: Some(number - 1) })
}

/// What the tag of a cell says.
pub(super) struct PlainCell<'a> {
    /// Its row and column, from 0.
    pub(super) place: Option<(u32, u32)>,
    /// What kind of value it has.
    pub(super) kind: Option<&'a [u8]>,
}

/// What the tag of a cell says, where that is a place, a style and a type, or less, in this order, and the type is no error.
pub(super) fn plain_cell(tag: &[u8]) -> Option<PlainCell<'_>> {
    let rest = tag.strip_prefix(b"c")?;
    let (place, rest) = attribute(rest, b'r').map_or((None, rest), |(place, rest)| (Some(place), rest));
    let rest = attribute(rest, b's').map_or(rest, |(_, rest)| rest);
    let (kind, rest) = attribute(rest, b't').map_or((None, rest), |(kind, rest)| (Some(kind), rest));
    let known = |kind: &[u8]| matches!(kind, b"s" | b"n" | b"b" | b"str" | b"inlineStr");
    if !matches!(rest, b"" | b"/") || !kind.is_none_or(known) {
        return None;
    }
    let place = match place {
        Some(place) => Some(reference(str::from_utf8(place).ok()?)?),
        None => None,
    };
    Some(PlainCell { place, kind })
}

/// Whether a name is one that nobody could take for a telling one.
pub(super) fn is_harmless(name: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b":._-".contains(byte);
    !name.is_empty() && name.iter().all(plain) && !TELLING.contains(&local(name))
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

/// Whether the tag of a sheet's size says one that a sheet can have.
pub(super) fn is_plain_dimension(tag: &[u8]) -> bool {
    let size = tag.strip_prefix(b"dimension ref=\"").and_then(|rest| str::from_utf8(&rest[..memchr(b'"', rest)?]).ok());
    let Some((first, last)) = size.map(|size| size.split_once(':').unwrap_or((size, size))) else { return false };
    let corners = reference(first).zip(reference(last));
    corners.is_some_and(|(first, last)| first.0 <= last.0 && first.1 <= last.1)
}

/// Whether a value is a whole number of a few digits, or nothing.
pub(super) fn is_plain_value(value: &[u8]) -> bool {
    value.len() <= MOST_DIGITS && value.iter().all(u8::is_ascii_digit)
}

/// The value of the attribute of this name where it comes next, and what stands behind it.
fn attribute(rest: &[u8], name: u8) -> Option<(&[u8], &[u8])> {
    let value = rest.strip_prefix(&[b' ', name, b'=', b'"'])?;
    let end = memchr(b'"', value)?;
    Some((&value[..end], &value[end + 1..]))
}

fn whole(digits: &[u8]) -> Option<u32> {
    let digits = digits.iter().all(u8::is_ascii_digit).then_some(digits)?;
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_outside_quotation_marks() {
        assert_eq!(tag_of(b"a b=\"x>'\" c='>\"'/>text>"), Some((&b"a b=\"x>'\" c='>\"'/"[..], &b"text>"[..])));
        for open in [&b"a"[..], b"a b=\">", b"a b=\"", b""] {
            assert_eq!(tag_of(open), None);
        }
    }

    #[test]
    fn a_name_ends_at_the_first_sign_that_none_has() {
        for tag in [&b"row"[..], b"row ", b"row/", b"row\n r", b"row>"] {
            assert_eq!(name_of(tag), b"row");
        }
    }
}
