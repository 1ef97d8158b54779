//! The checksums that chain a journal's lines: each is the SHA-256 of the one before it, as text, and of the line without its own.

use sha2::{Digest, Sha256};

/// What stands between a line's content and its checksum.
const BEFORE: &[u8] = b",\"sum\":\"";
/// What stands behind the checksum.
const AFTER: &[u8] = b"\"}";
/// The digits of a checksum.
const DIGITS: usize = 64;

/// The checksum of the last line: what the next one builds on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Chain([u8; DIGITS]);

impl Chain {
    /// Before the first line.
    pub(super) const fn new() -> Self {
        Self([b'0'; DIGITS])
    }

    /// The checksum of the last line, in hexadecimal digits.
    pub(super) fn head(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Ends a JSON object, which stands in `lines` from `start` on, with its checksum and a line end.
    pub(super) fn seal(&mut self, lines: &mut Vec<u8>, start: usize) {
        lines.pop();
        self.0 = self.sum(&lines[start..]);
        lines.extend_from_slice(BEFORE);
        lines.extend_from_slice(&self.0);
        lines.extend_from_slice(AFTER);
        lines.push(b'\n');
    }

    /// Whether a line, without its end, is the next one; it is the last one from then on.
    pub(super) fn follows(&mut self, line: &[u8]) -> bool {
        let Some((body, sum)) = split(line) else { return false };
        let follows = self.sum(body) == *sum;
        if follows {
            self.0 = *sum;
        }
        follows
    }

    fn sum(&self, body: &[u8]) -> [u8; DIGITS] {
        let sum = Sha256::new().chain_update(self.0).chain_update(body).finalize();
        digits(sum)
    }
}

/// So many hexadecimal digits of these bytes.
pub(super) fn digits<const COUNT: usize>(bytes: impl IntoIterator<Item = u8>) -> [u8; COUNT] {
    let mut digits = [b'0'; COUNT];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    digits
}

const fn digit(half: u8) -> u8 {
    if half < 10 { b'0' + half } else { b'a' + half - 10 }
}

/// A line's content, and its checksum.
fn split(line: &[u8]) -> Option<(&[u8], &[u8; DIGITS])> {
    let (rest, sum) = line.strip_suffix(AFTER)?.split_last_chunk()?;
    Some((rest.strip_suffix(BEFORE)?, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(chain: &mut Chain, object: &str) -> Vec<u8> {
        let mut line = object.as_bytes().to_vec();
        chain.seal(&mut line, 0);
        assert_eq!(line.pop(), Some(b'\n'));
        line
    }

    /// Checked by hand: `printf '%064d{"a":1' 0 | sha256sum`.
    #[test]
    fn a_checksum_is_one_that_anybody_can_check() {
        let line = String::from_utf8(sealed(&mut Chain::new(), r#"{"a":1}"#)).unwrap_or_default();
        let sum = "a6fc8d7dbf738917ee8344e1cd5486b01255b25fe5de4df9be7af29689f6a1aa";
        assert_eq!(line, format!(r#"{{"a":1,"sum":"{sum}"}}"#));
    }

    #[test]
    fn a_line_follows_its_own_predecessor_alone() {
        let mut writing = Chain::new();
        let lines = ["{\"a\":1}", "{\"b\":2}", "{\"b\":2}"].map(|object| sealed(&mut writing, object));
        let mut reading = Chain::new();
        assert!(!reading.follows(&lines[1]));
        assert!(lines.iter().all(|line| reading.follows(line)));
        assert_eq!(reading, writing);
        assert!(!reading.follows(&lines[2]), "the same line is another one in another place");
        assert_ne!(lines[1], lines[2]);
    }

    #[test]
    fn what_is_no_line_follows_nothing() {
        for line in ["", "{}", "\"}", ",\"sum\":\"\"}"] {
            assert!(!Chain::new().follows(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn the_head_is_the_checksum_of_the_last_line() {
        let mut chain = Chain::new();
        assert_eq!(chain.head(), "0".repeat(DIGITS));
        let line = sealed(&mut chain, r#"{"a":1}"#);
        assert!(line.ends_with(format!("\"sum\":\"{}\"}}", chain.head()).as_bytes()));
        assert_eq!(digits([0, 0x9a, 0xaf, 0xff]), *b"009aafff");
    }
}
