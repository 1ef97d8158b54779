//! Content written as data: texts, repeats of a text, bytes that are none.

use std::io::{self, Write};

use encoding_rs::Encoding;
use serde::Deserialize;

/// Content in one piece or in several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Content {
    /// One text.
    Whole(String),
    /// Several pieces, one behind the other.
    Pieces(Vec<Piece>),
}

/// A piece of content.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Piece {
    /// A text.
    Text(String),
    /// A text many times over.
    Repeated(Repeated),
    /// Bytes that are no text, in hexadecimal digits.
    Bytes {
        /// The digits; spaces between them mean nothing.
        hex: String,
    },
    /// A text in an encoding of its own.
    Encoded {
        /// The text.
        text: String,
        /// The encoding, by its name on the web.
        encoding: String,
    },
    /// So many bytes that no compression makes shorter.
    Noise {
        /// How many.
        noise: usize,
    },
}

/// A text many times over; `{n}` in it stands for its number, from 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeated {
    /// The text.
    pub(crate) repeat: String,
    /// How often it stands there.
    pub(crate) times: u64,
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Whole(text.to_owned())
    }
}

impl Content {
    /// Its pieces.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        match self {
            Self::Whole(text) => vec![Piece::Text(text.clone())],
            Self::Pieces(pieces) => pieces.clone(),
        }
    }

    /// Writes it in an encoding.
    pub(crate) fn write(&self, to: &mut dyn Write, encoding: &str) -> io::Result<()> {
        self.pieces().iter().try_for_each(|piece| piece.write(to, encoding))
    }
}

impl Piece {
    fn write(&self, to: &mut dyn Write, encoding: &str) -> io::Result<()> {
        match self {
            Self::Text(text) => to.write_all(&encoded(text, encoding)),
            Self::Encoded { text, encoding } => to.write_all(&encoded(text, encoding)),
            Self::Bytes { hex } => to.write_all(&bytes(hex)),
            Self::Noise { noise } => to.write_all(&noise_of(*noise)),
            Self::Repeated(repeated) if repeated.is_numbered() => {
                (1..=repeated.times).try_for_each(|number| to.write_all(&encoded(&repeated.at(number), encoding)))
            }
            Self::Repeated(repeated) => {
                let (chunk, times) = repeated.chunk();
                let (chunk, one) = (encoded(&chunk, encoding), encoded(&repeated.repeat, encoding));
                (0..times).try_for_each(|_| to.write_all(&chunk))?;
                (0..repeated.left()).try_for_each(|_| to.write_all(&one))
            }
        }
    }
}

/// What is written at once of a text that stands there many times.
const CHUNK: usize = 128 << 10;

impl Repeated {
    /// Whether every one is another text.
    pub(crate) fn is_numbered(&self) -> bool {
        self.repeat.contains("{n}")
    }

    /// The one of this number.
    fn at(&self, number: u64) -> String {
        self.repeat.replace("{n}", &number.to_string())
    }

    /// A longer text of whole repeats, and how often it stands there.
    pub(crate) fn chunk(&self) -> (String, u64) {
        let each = self.in_a_chunk();
        (self.repeat.repeat(usize::try_from(each).unwrap()), self.times / each)
    }

    /// How many repeats are left behind the chunks.
    pub(crate) fn left(&self) -> u64 {
        self.times % self.in_a_chunk()
    }

    fn in_a_chunk(&self) -> u64 {
        u64::try_from((CHUNK / self.repeat.len()).max(1)).unwrap()
    }
}

/// A text's bytes.
pub(crate) fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        other => {
            let known = Encoding::for_label(other.as_bytes()).unwrap_or_else(|| panic!("no encoding {other}"));
            let (bytes, _, lost) = known.encode(text);
            assert!(!lost, "{other} has not all letters of {text:?}");
            bytes.into_owned()
        }
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|digit| !digit.is_ascii_whitespace()).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

/// The same bytes at every call: xorshift, after George Marsaglia.
fn noise_of(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut noise: Vec<u8> = (0..count.div_ceil(8)).flat_map(|_| next()).collect();
    noise.truncate(count);
    noise
}
