//! One JSON object out of a body, strictly: nothing before it but a byte order mark, nothing behind it, no key of ours
//! twice.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::super::fault::Fault;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A body without a byte order mark and without blanks in front.
pub(super) fn trim(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body).trim_ascii_start()
}

/// A body's text.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where it is empty or not UTF-8, which JSON always is (RFC 8259, section 8.1).
pub(super) fn text(body: &[u8]) -> Result<&str, Fault> {
    match trim(body) {
        [] => Err(Fault::unusable("it is empty")),
        body => std::str::from_utf8(body).map_err(|_| Fault::unusable("it is not UTF-8")),
    }
}

/// Reads an object.
///
/// The first character is looked at because serde would take `[1]` for an object with its first field set.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where the text is not one object of this shape.
pub(super) fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    if !text.trim_ascii_start().starts_with('{') {
        return Err(Fault::unusable("it is not a JSON object"));
    }
    serde_json::from_str(text).map_err(|error| Fault::unusable(complaint(&error)))
}

/// Whether a value is an object.
pub(super) fn is_object(value: &RawValue) -> bool {
    value.get().starts_with('{')
}

/// What is wrong with the JSON. Only a complaint of kind `Data` is quoted, and it can only name one of our keys.
fn complaint(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "it ends in the middle".to_owned(),
        Category::Data => error.to_string(),
        Category::Syntax | Category::Io => {
            format!("it is not JSON, from line {} column {}", error.line(), error.column())
        }
    }
}

/// Refuses a value that nests deeper than any reader of it could follow.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] beyond serde's own limit, 128 levels.
pub(super) fn within_depth(value: &RawValue) -> Result<(), Fault> {
    match value.get().as_bytes() {
        [b'{' | b'[', ..] => {
            serde_json::from_str::<Walk>(value.get()).map(drop).map_err(|error| Fault::unusable(complaint(&error)))
        }
        _ => Ok(()),
    }
}

/// Walks through a value by recursion, so that serde's limit holds, and keeps nothing.
struct Walk;

impl<'de> Deserialize<'de> for Walk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Walk {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self, A::Error> {
        while values.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<IgnoredAny, Self>()?.is_some() {}
        Ok(self)
    }
}
