//! The arguments of a call: typed as `key=value`, or as a JSON object.

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use super::complaint::Complaint;
use crate::dialogue::Raw;
use crate::http::Arguments;

/// One argument as it was typed.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Field {
    /// Its key, decoded.
    pub(super) key: String,
    /// Its value, or where it stands.
    pub(super) value: Given,
}

/// A value, or where it stands.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Given {
    /// The value, decoded.
    Here(Vec<u8>),
    /// What stands in the file, as it is.
    InFile(Raw),
}

/// What a program makes of what is typed.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// Whether `+` is a space.
    pub(super) plus_is_space: bool,
    /// Whether a value that begins with `@` names a file.
    pub(super) at_file: bool,
}

impl Reading {
    /// Keys and values are URI-decoded (cPanel API documentation, Introduction, and selfmig's live notes: `A+B` arrives as
    /// `A B`, `A%2BB` as `A+B`), what names a file is not.
    pub(super) fn field(self, word: &Raw) -> Field {
        let end = word.0.iter().position(|byte| *byte == b'=').unwrap_or(word.0.len());
        let typed = word.0.get(end + 1..).unwrap_or_default();
        let value = match typed.strip_prefix(b"@") {
            Some(path) if self.at_file => Given::InFile(Raw(path.to_vec())),
            _ => Given::Here(self.decode(typed)),
        };
        Field { key: String::from_utf8_lossy(&self.decode(&word.0[..end])).into_owned(), value }
    }

    fn decode(self, text: &[u8]) -> Vec<u8> {
        let spaced = text.iter().map(|byte| if *byte == b'+' && self.plus_is_space { b' ' } else { *byte });
        percent_decode(&spaced.collect::<Vec<_>>()).collect()
    }
}

/// The arguments that a JSON object holds; nothing in it is decoded, and a list is its key repeated.
///
/// # Errors
///
/// When it is no JSON object.
pub(super) fn from_json(text: &[u8]) -> Result<Arguments, Complaint> {
    let object: Map<String, Value> = serde_json::from_slice(text).map_err(|_| Complaint::NoJson)?;
    let mut arguments = Arguments::default();
    for (key, value) in object {
        match value {
            Value::Array(items) => {
                for item in &items {
                    arguments.add(key.clone(), plain(item));
                }
            }
            one => arguments.add(key, plain(&one)),
        }
    }
    Ok(arguments)
}

/// A value as a function sees it: booleans are 1 and 0, and an object is its JSON.
fn plain(value: &Value) -> Vec<u8> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(yes) => u8::from(*yes).to_string().into_bytes(),
        Value::String(text) => text.clone().into_bytes(),
        other => other.to_string().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const USUAL: Reading = Reading { plus_is_space: true, at_file: true };

    fn value(reading: Reading, typed: &[u8]) -> Given {
        reading.field(&Raw([b"password=", typed].concat())).value
    }

    #[test]
    fn values_are_decoded_as_measured() {
        for (typed, received) in [
            (&b"A+B"[..], &b"A B"[..]),
            (b"A%2BB", b"A+B"),
            (b"50%25off", b"50%off"),
            (b"a%20b", b"a b"),
            (b"a&b", b"a&b"),
            (b"a/b", b"a/b"),
            (b"a=b", b"a=b"),
            (b"a b", b"a b"),
            (b"%40x", b"@x"),
            (b"a@b", b"a@b"),
            (b"50%off", b"50%off"),
            (b"", b""),
            (b"\xff%ff", b"\xff\xff"),
        ] {
            assert_eq!(value(USUAL, typed), Given::Here(received.to_vec()), "{}", typed.escape_ascii());
        }
    }

    #[test]
    fn a_plus_and_an_at_can_be_themselves() {
        let reading = Reading { plus_is_space: false, at_file: false };
        assert_eq!(value(reading, b"A+B%20C"), Given::Here(b"A+B C".to_vec()));
        assert_eq!(value(reading, b"@/etc%2f"), Given::Here(b"@/etc/".to_vec()));
    }

    #[test]
    fn a_bare_at_names_a_file_which_is_not_decoded() {
        assert_eq!(value(USUAL, b"@a%20b+c"), Given::InFile(Raw(b"a%20b+c".to_vec())));
    }

    #[test]
    fn keys_are_decoded_and_may_stand_alone() {
        let field = USUAL.field(&Raw(b"cpanel%2euser=x".to_vec()));
        assert_eq!(field, Field { key: "cpanel.user".to_owned(), value: Given::Here(b"x".to_vec()) });
        assert_eq!(USUAL.field(&Raw(b"key".to_vec())).value, Given::Here(Vec::new()));
    }

    #[test]
    fn json_is_taken_as_it_stands() {
        let arguments =
            from_json(br#"{"p":"A+B%20@x\u00e4","n":7,"yes":true,"no":false,"nil":null,"l":["a",1]}"#).unwrap();
        for (key, expected) in [("p", "A+B%20@xä"), ("n", "7"), ("yes", "1"), ("no", "0"), ("nil", ""), ("missing", "")]
        {
            assert_eq!(arguments.text(key).unwrap_or_default(), expected, "{key}");
        }
        assert_eq!(arguments.list("l"), ["a", "1"]);
        for text in ["", "[]", "{", "\"x\""] {
            assert_eq!(from_json(text.as_bytes()).err(), Some(Complaint::NoJson), "{text}");
        }
    }
}
