//! The keys that a panel may show: curl's `--pinnedpubkey sha256//BASE64[;sha256//BASE64]`.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::SubjectPublicKeyInfoDer;
use sha2::{Digest, Sha256};
use thiserror::Error;

const PREFIX: &str = "sha256//";

/// One or more public keys, each as the SHA-256 of its `SubjectPublicKeyInfo`, in curl's notation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pin {
    digests: Vec<[u8; 32]>,
}

/// A text is no pin.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("it is not sha256//BASE64, the base64 of a key's SHA-256 (44 characters); several are joined by a semicolon")]
pub struct PinError;

impl Pin {
    /// The pin of one key.
    pub(super) fn of(key: &SubjectPublicKeyInfoDer<'_>) -> Self {
        Self { digests: vec![Sha256::digest(key.as_ref()).into()] }
    }

    /// Whether the other pin's keys are all among these.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.digests.iter().all(|digest| self.digests.contains(digest))
    }
}

impl FromStr for Pin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        let digests = text.trim().split(';').map(digest).collect::<Option<_>>();
        digests.map(|digests| Self { digests }).ok_or(PinError)
    }
}

fn digest(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?.try_into().ok()
}

impl fmt::Display for Pin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digest) in self.digests.iter().enumerate() {
            let separator = if index == 0 { "" } else { ";" };
            write!(formatter, "{separator}{PREFIX}{}", STANDARD.encode(digest))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    const TWO: &str = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    #[test]
    fn a_pin_reads_as_it_writes() {
        for text in [ONE.to_owned(), TWO.to_owned(), format!("{ONE};{TWO}")] {
            assert_eq!(text.parse::<Pin>().map(|pin| pin.to_string()), Ok(text));
        }
        assert_eq!(format!(" {ONE} ; {TWO} ").parse::<Pin>(), format!("{ONE};{TWO}").parse());
    }

    #[test]
    fn a_pin_is_the_digest_of_the_key() {
        let empty = Pin::of(&SubjectPublicKeyInfoDer::from(&[][..]));
        assert_eq!(empty.to_string(), ONE);
        assert_eq!(format!("{TWO};{ONE}").parse::<Pin>().map(|pin| pin.covers(&empty)), Ok(true));
        assert_eq!(TWO.parse::<Pin>().map(|pin| pin.covers(&empty)), Ok(false));
    }

    #[test]
    fn what_is_no_pin_is_refused() {
        for text in [
            "",
            ";",
            "sha256//",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha1//2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            "sha256//2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;",
            "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-=",
        ] {
            assert_eq!(text.parse::<Pin>(), Err(PinError), "{text}");
        }
    }
}
