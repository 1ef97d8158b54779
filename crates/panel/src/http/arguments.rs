//! The arguments of a call: form fields from the query and from the body.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// Arguments in the order they came; values are bytes, because passwords need not be UTF-8.
#[derive(Default)]
pub(crate) struct Arguments(Vec<(String, Vec<u8>)>);

impl Arguments {
    /// Adds the fields of an `application/x-www-form-urlencoded` text: `+` is a space, `%xx` a byte.
    pub(crate) fn read_form(&mut self, form: &[u8]) {
        for field in form.split(|byte| *byte == b'&').filter(|field| !field.is_empty()) {
            let (key, value) = match field.iter().position(|byte| *byte == b'=') {
                Some(at) => (&field[..at], &field[at + 1..]),
                None => (field, &field[field.len()..]),
            };
            self.0.push((String::from_utf8_lossy(&decode(key)).into_owned(), decode(value)));
        }
    }

    /// Adds one that is decoded already.
    pub(crate) fn add(&mut self, key: String, value: Vec<u8>) {
        self.0.push((key, value));
    }

    /// The first value of that key.
    pub(crate) fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_slice())
    }

    /// The first value of that key as text.
    pub(crate) fn text(&self, key: &str) -> Option<Cow<'_, str>> {
        self.bytes(key).map(String::from_utf8_lossy)
    }

    /// Whether the value of that key is 1, which is how booleans are sent.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.bytes(key) == Some(b"1")
    }

    /// Every value of a list: of the key repeated, and then of `key-0`, `key-1` by their numbers.
    pub(crate) fn list_of_bytes(&self, key: &str) -> Vec<&[u8]> {
        let mut numbered: Vec<_> = self.0.iter().filter_map(|(name, value)| Some((rank(name, key)?, value))).collect();
        numbered.sort_by_key(|(rank, _)| *rank);
        numbered.into_iter().map(|(_, value)| value.as_slice()).collect()
    }

    /// The same as text.
    pub(crate) fn list(&self, key: &str) -> Vec<Cow<'_, str>> {
        self.list_of_bytes(key).into_iter().map(String::from_utf8_lossy).collect()
    }
}

/// Where a field stands in the list `key`: 0 for the key itself, one more than its number for a numbered one.
fn rank(name: &str, key: &str) -> Option<u64> {
    match name.strip_prefix(key)? {
        "" => Some(0),
        rest => rest.strip_prefix('-')?.parse::<u32>().ok().map(|number| u64::from(number) + 1),
    }
}

fn decode(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(form: &str) -> Arguments {
        let mut arguments = Arguments::default();
        arguments.read_form(form.as_bytes());
        arguments
    }

    #[test]
    fn forms_are_decoded_byte_for_byte() {
        for (sent, received) in [
            ("p=A+B", &b"A B"[..]),
            ("p=A%2BB", b"A+B"),
            ("p=50%25off", b"50%off"),
            ("p=50%off", b"50%off"),
            ("p=a%20b", b"a b"),
            ("p=a=b", b"a=b"),
            ("p=%C3%A4%ff", b"\xc3\xa4\xff"),
            ("q=1&p=&p=2", b""),
            ("p", b""),
            ("%70=x%26y", b"x&y"),
        ] {
            assert_eq!(arguments(sent).bytes("p"), Some(received), "{sent}");
        }
        assert_eq!(arguments("P=1").bytes("p"), None);
    }

    #[test]
    fn lists_are_repeated_or_numbered() {
        assert_eq!(arguments("name=a&other=x&name=b").list("name"), ["a", "b"]);
        assert_eq!(arguments("name-10=c&name-2=b&name-0=a").list("name"), ["a", "b", "c"]);
        assert_eq!(arguments("name-x=a&names=b").list("name"), Vec::<String>::new());
    }
}
