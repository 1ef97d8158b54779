//! A call's arguments as the programs take them: as JSON, or as words `key=value`.
//!
//! Words are URI-decoded by the programs, a value that begins with a bare `@` is taken for a file, and a `+` for a space (seen with
//! independent clients of `uapi`), so that every byte but the unreserved ones is percent-encoded. In JSON nothing is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use secrecy::ExposeSecret;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

use crate::api::call::Argument;
use crate::api::form;
use crate::failpoint::failpoint;

/// One JSON object of these fields and the arguments behind them, in a buffer that never moves and is wiped when dropped. A key that is there
/// more than once has a list of values.
pub(super) fn json(fields: &[(&str, &str)], arguments: &[(Cow<'_, str>, Argument<'_>)]) -> Zeroizing<Vec<u8>> {
    let own = arguments.iter().map(|(key, value)| (&**key, exposed(value)));
    let pairs: Vec<_> = fields.iter().copied().chain(own).collect();
    let longest = 2 + pairs.iter().map(|(key, value)| escaped(key) + escaped(value)).sum::<usize>();
    let mut buffer = Zeroizing::new(Vec::with_capacity(longest));
    // Strings into memory: nothing of it can fail.
    let _written = serde_json::to_writer(&mut *buffer, &Object::new(&pairs));
    failpoint("command-json", &buffer);
    buffer
}

/// How long a text can become in JSON, with its quotation marks and what stands around them: every byte may become `\u0000`.
fn escaped(text: &str) -> usize {
    text.len() * 6 + "[\"\"],:".len()
}

fn exposed<'a>(value: &'a Argument<'_>) -> &'a str {
    match value {
        Argument::Plain(text) => text,
        Argument::Secret(secret) => secret.expose_secret(),
    }
}

/// The arguments by their keys.
struct Object<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Object<'a> {
    fn new(pairs: &[(&'a str, &'a str)]) -> Self {
        let mut object: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, value) in pairs {
            object.entry(key).or_default().push(value);
        }
        Self(object)
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, values) in &self.0 {
            match values.as_slice() {
                [one] => map.serialize_entry(key, one)?,
                many => map.serialize_entry(key, many)?,
            }
        }
        map.end()
    }
}

/// The word of an argument. That of a secret, for those who have allowed it, ends in the arguments of a process, which nobody can wipe.
pub(super) fn word(key: &str, value: Argument<'_>) -> String {
    let encoded = form::encode(&[], &[(key.into(), value)]);
    failpoint("command-word", &encoded);
    // What is percent-encoded is ASCII.
    String::from_utf8_lossy(&encoded).into_owned()
}

/// The word of an argument whose value stands in a file. The name is not decoded, so that it is given as it is.
pub(super) fn file_word(key: &str, path: &str) -> String {
    open_word(key) + "@" + path
}

/// The word of an argument up to its value.
pub(super) fn open_word(key: &str) -> String {
    word(key, Argument::Plain("".into()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::SecretString;
    use serde_json::{Value, json as value};

    use super::*;

    fn plain(text: &str) -> Argument<'_> {
        Argument::Plain(text.into())
    }

    #[test]
    fn words_are_encoded_as_the_programs_decode_them() {
        assert_eq!(word("email", plain("a+b@example.com")), "email=a%2Bb%40example.com");
        assert_eq!(word("password", plain("@50% é=&")), "password=%4050%25%20%C3%A9%3D%26");
        assert_eq!(file_word("password", "/dev/shm/x/1"), "password=@/dev/shm/x/1");
    }

    #[test]
    fn a_key_that_comes_twice_has_a_list() {
        let arguments = [("b".into(), plain("2")), ("a".into(), plain("3"))];
        let read: Option<Value> = serde_json::from_slice(&json(&[("a", "1")], &arguments)).ok();
        assert_eq!(read, Some(value!({"a": ["1", "3"], "b": "2"})));
    }

    proptest! {
        #[test]
        fn any_text_arrives_in_json_and_the_buffer_never_moves(key in any::<String>(), text in any::<String>()) {
            let secret = SecretString::from(text.clone());
            let arguments = [(Cow::from(format!("k{key}")), Argument::Secret(&secret))];
            let buffer = json(&[("cpanel.user", "shop")], &arguments);
            let capacity = 2 + escaped("cpanel.user") + escaped("shop") + escaped(&format!("k{key}")) + escaped(&text);
            prop_assert_eq!(buffer.capacity(), capacity);
            let read: Value = serde_json::from_slice(&buffer).unwrap_or_default();
            prop_assert_eq!(&read[format!("k{key}")], &Value::from(text));
        }
    }
}
