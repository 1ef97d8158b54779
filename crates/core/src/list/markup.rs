//! Small things that are read of XML parts, and the same reader for all of them.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

use super::error::ListErrorKind;

/// How many elements may be open at once: readers keep the name of each.
const DEEPEST: u32 = 256;

/// How many elements are open.
#[derive(Default)]
pub(super) struct Depth(u32);

impl Depth {
    /// An element begins.
    pub(super) fn begin(&mut self) -> Result<(), ListErrorKind> {
        self.0 += 1;
        if self.0 > DEEPEST {
            Err(ListErrorKind::TooBig("its elements stand in one another without end"))
        } else {
            Ok(())
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self) {
        self.0 = self.0.saturating_sub(1);
    }

    /// Whether every element that began has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.0 == 0
    }
}

/// Reads a part tag by tag, as the library does that reads workbooks: an empty element starts and ends, and names are without prefix.
/// `visit` gets the tag itself where an element starts, and nothing where one ends, and says whether to go on.
pub(super) fn tags(
    part: impl BufRead,
    mut visit: impl FnMut(&str, Option<&BytesStart<'_>>) -> Result<bool, ListErrorKind>,
) -> Result<(), ListErrorKind> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Zeroizing::new(Vec::new());
    let mut depth = Depth::default();
    loop {
        buffer.clear();
        let more = match reader.read_event_into(&mut buffer).map_err(|_| malformed())? {
            Event::Start(tag) => {
                depth.begin()?;
                visit(tag.local_name().as_ref(), Some(&tag))?
            }
            Event::End(tag) => {
                depth.end();
                visit(tag.local_name().as_ref(), None)?
            }
            Event::Eof => false,
            _ => true,
        };
        if !more {
            return Ok(());
        }
    }
}

/// An attribute's value as it stands there.
pub(super) fn raw<'a>(tag: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, ListErrorKind> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| malformed())?;
        if attribute.key.as_ref() == name {
            return Ok(Some(attribute.value));
        }
    }
    Ok(None)
}

/// An attribute's value with its entities resolved.
pub(super) fn plain(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ListErrorKind> {
    let Some(value) = raw(tag, name)? else { return Ok(None) };
    quick_xml::escape::unescape(&value).map(|value| Some(value.into_owned())).map_err(|_| malformed())
}

/// Whether an attribute says yes.
pub(super) fn is_set(tag: &BytesStart<'_>, name: &str) -> Result<bool, ListErrorKind> {
    Ok(raw(tag, name)?.is_some_and(|value| matches!(value.trim(), "1" | "true" | "on")))
}

/// An attribute's number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Result<Option<u32>, ListErrorKind> {
    raw(tag, name)?.map(|value| value.trim().parse().map_err(|_| malformed())).transpose()
}

pub(super) fn malformed() -> ListErrorKind {
    ListErrorKind::Damaged("its XML is malformed")
}
