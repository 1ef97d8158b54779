//! A forged answer as data.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use serde::Deserialize;

/// What goes over the wire in the place of an answer, and what comes then.
#[derive(Clone, Debug)]
pub struct Forgery {
    /// The bytes, in their order.
    pub pieces: Vec<Piece>,
    /// What becomes of the connection.
    pub ending: Ending,
    /// Whether the panel is given the request, so that it does what is asked.
    pub applied: bool,
}

/// A part of what goes over the wire.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Piece {
    /// A text as it is.
    Text(String),
    /// A text again and again.
    #[serde(rename_all = "kebab-case")]
    Times {
        /// The text.
        text: String,
        /// How often.
        times: usize,
    },
    /// Bytes as they are.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Bytes in hexadecimal, blanks between them as one likes.
    Hex {
        /// The bytes.
        hex: String,
    },
    /// So many million letters, packed by gzip.
    Gzip {
        /// How many millions.
        gzip: usize,
    },
    /// So many million letters, packed by deflate.
    Deflate {
        /// How many millions.
        deflate: usize,
    },
    /// A text again and again, until the other side has had enough.
    Endless {
        /// The text.
        endless: String,
    },
    /// A text byte by byte.
    Drip {
        /// The text.
        drip: String,
        /// How many milliseconds lie between two bytes.
        ms: u64,
    },
    /// Nothing for a while.
    Pause {
        /// How many milliseconds.
        pause: u64,
    },
}

/// What becomes of a connection behind a forged answer.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It is kept, and further requests on it are answered.
    #[default]
    Keep,
    /// It is closed as TLS wants it.
    Close,
    /// It is closed, and TLS is not told.
    Cut,
    /// It is reset.
    Reset,
    /// It stays open, and nothing more is said.
    Hang,
}

impl Piece {
    /// The bytes of a piece that takes no time and has an end; none of the others.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Times { text, times } => Some(text.repeat(*times).into_bytes()),
            Self::Bytes { bytes } => Some(bytes.clone()),
            Self::Hex { hex } => Some(from_hex(hex)),
            Self::Gzip { gzip } => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::best());
                fill(*gzip, |letters| packed.write_all(letters).unwrap());
                Some(packed.finish().unwrap())
            }
            Self::Deflate { deflate } => {
                let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
                fill(*deflate, |letters| packed.write_all(letters).unwrap());
                Some(packed.finish().unwrap())
            }
            Self::Endless { .. } | Self::Drip { .. } | Self::Pause { .. } => None,
        }
    }
}

fn fill(millions: usize, mut write: impl FnMut(&[u8])) {
    let letters = vec![b'A'; 1_000_000];
    (0..millions).for_each(|_| write(&letters));
}

fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> =
        text.chars().filter(|digit| !digit.is_whitespace()).map(|digit| digit.to_digit(16).unwrap()).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}
