//! The tags of a sheet as nearly all programs write them (ECMA-376, part 1, 18.3.1), told byte by byte. A piece is what stands from
//! behind one `<` to before the next.

use memchr::{memchr, memchr3, memmem};

use super::marks::reference;

/// The last row of a sheet.
const LAST_ROW: u32 = 1_048_576;

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

/// Whether the tag of a row says no more than where it stands, and nothing of being hidden.
pub(super) fn is_plain_row(tag: &[u8]) -> bool {
    if tag == b"row" || tag == b"row/" {
        return true;
    }
    let Some((number, rest)) = attribute(&tag[3..], b'r') else { return false };
    whole(number).is_some_and(|row| (1..=LAST_ROW).contains(&row)) && memmem::find(rest, b"hidden").is_none()
}

/// Whether the tag of a cell has a place, a style and a type, or less, in this order, and the type is no error.
pub(super) fn is_plain_cell(tag: &[u8]) -> bool {
    let rest = &tag[1..];
    let (place, rest) = attribute(rest, b'r').map_or((None, rest), |(place, rest)| (Some(place), rest));
    let rest = attribute(rest, b's').map_or(rest, |(_, rest)| rest);
    let (kind, rest) = attribute(rest, b't').map_or((None, rest), |(kind, rest)| (Some(kind), rest));
    let stands = |place: &[u8]| str::from_utf8(place).is_ok_and(|place| reference(place).is_some());
    let known = |kind: &[u8]| matches!(kind, b"s" | b"n" | b"b" | b"str" | b"inlineStr");
    matches!(rest, b"" | b"/") && place.is_none_or(stands) && kind.is_none_or(known)
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
