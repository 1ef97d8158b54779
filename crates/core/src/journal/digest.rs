//! By what a row of a list is recognised.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::chain::digits;

/// Its bytes: enough that no two rows have the same by chance.
const LENGTH: usize = 16;

/// By what a row of a list is recognised within a run. Written as hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Digest(pub(super) [u8; LENGTH]);

impl From<[u8; LENGTH]> for Digest {
    fn from(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits: [u8; 2 * LENGTH] = digits(self.0);
        serializer.serialize_str(str::from_utf8(&digits).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        read(text.as_bytes()).ok_or_else(|| D::Error::custom("no digest"))
    }
}

/// The digest of these digits, where they can be one.
fn read(digits: &[u8]) -> Option<Digest> {
    let digits: &[u8; 2 * LENGTH] = digits.try_into().ok()?;
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = 16 * value(pair[0])? + value(pair[1])?;
    }
    Some(Digest(bytes))
}

/// What a digit is worth. Only small letters are written.
const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        let digest = Digest::from(std::array::from_fn(|place| u8::try_from(place * 17).unwrap()));
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(text, "\"00112233445566778899aabbccddeeff\"");
        assert_eq!(serde_json::from_str::<Digest>(&text).unwrap(), digest);
        let another = text.replace('1', "2");
        assert_ne!(serde_json::from_str::<Digest>(&another).unwrap(), digest);
    }

    #[test]
    fn what_is_none_is_not_read() {
        for text in ["", "0", &"0".repeat(31), &"0".repeat(33), &"A".repeat(32), &"g".repeat(32), &"/".repeat(32)] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert!(serde_json::from_str::<Digest>("7").is_err());
    }
}
