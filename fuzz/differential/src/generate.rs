//! Text lists as people, programs and accidents make them, the same for the same seed.

use std::fmt;

use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// The encodings, in the order in which Python's side knows them.
pub(crate) const ENCODINGS: [&Encoding; 5] = [UTF_8, WINDOWS_1252, UTF_16LE, UTF_16BE, ISO_8859_15];

const DELIMITERS: &[u8] = b",;\t|,;\t|, :'";

const LINE_ENDS: [&str; 4] = ["\n", "\r\n", "\n", "\r"];

/// What is put together at random; a delimiter and line ends come besides.
const PIECES: &[&str] = &[
    "\"",
    "\"\"",
    "\"",
    ",",
    ";",
    "\t",
    "|",
    " ",
    "a",
    "b",
    "7",
    "anna@example.com",
    "é",
    "€",
    "😀",
    "日本",
    "\u{feff}",
    "\0",
    "'",
    "\\",
    "=1+1",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "#",
    "sep=;",
    "\u{c}",
    "\u{b}",
    "\u{1c}",
    "\u{1e}",
    "",
];

/// As long as our reader's pieces, so that lists come that reach over their seams.
const LONG: usize = 16 << 10;

/// A file, and how it is to be read.
pub(crate) struct Case {
    pub(crate) delimiter: u8,
    pub(crate) encoding: &'static Encoding,
    pub(crate) bytes: Vec<u8>,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (delimiter, encoding) = (char::from(self.delimiter), self.encoding.name());
        write!(out, "{delimiter:?} {encoding} b\"{}\"", self.bytes.escape_ascii())
    }
}

/// Makes one file after the other.
pub(crate) struct Generator(StdRng);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// The next file.
    pub(crate) fn case(&mut self) -> Case {
        let delimiter = *self.one_of(DELIMITERS);
        let encoding = if self.chance(60) { UTF_8 } else { *self.one_of(&ENCODINGS) };
        let mut text = String::new();
        if self.chance(1) {
            self.lengthen(&mut text);
        }
        if self.chance(60) {
            self.table(delimiter, &mut text);
        } else {
            self.heap(delimiter, &mut text);
        }
        let mut bytes = encoded(&text, encoding);
        if self.chance(5) && !bytes.is_empty() {
            let place = self.below(bytes.len());
            bytes[place] = self.0.next_u32().to_le_bytes()[0];
        }
        Case { delimiter, encoding, bytes }
    }

    /// Records as programs write them, with a mishap here and there.
    fn table(&mut self, delimiter: u8, text: &mut String) {
        if self.chance(10) {
            text.push('\u{feff}');
        }
        let (line_end, columns) = (self.word(&LINE_ENDS), 1 + self.below(5));
        let records = 1 + self.below(6);
        for record in 0..records {
            for column in 0..columns {
                if column > 0 {
                    text.push(char::from(delimiter));
                }
                self.cell(delimiter, text);
            }
            if record + 1 < records || self.chance(80) {
                let end = if self.chance(5) { self.word(&LINE_ENDS) } else { line_end };
                text.push_str(end);
            }
            if self.chance(5) {
                text.push_str(line_end);
            }
        }
    }

    /// A cell, quoted where it must be and sometimes where it need not be; once in a while as it is though it should be.
    fn cell(&mut self, delimiter: u8, text: &mut String) {
        let mut cell = String::new();
        for _ in 0..self.below(4) {
            cell.push_str(self.word(PIECES));
        }
        if self.chance(5) {
            cell.push_str(self.word(&LINE_ENDS));
        }
        let needs_quotes = cell.contains([char::from(delimiter), '"', '\n', '\r']);
        if needs_quotes && !self.chance(2) || self.chance(20) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }

    /// Anything behind anything.
    fn heap(&mut self, delimiter: u8, text: &mut String) {
        for _ in 0..self.below(24) {
            match self.below(6) {
                0 => text.push(char::from(delimiter)),
                1 => text.push_str(self.word(&LINE_ENDS)),
                2 => text.push('"'),
                _ => text.push_str(self.word(PIECES)),
            }
        }
    }

    /// Fills a text up to shortly before a seam.
    fn lengthen(&mut self, text: &mut String) {
        let until = LONG - self.below(64);
        let line = self.word(&["anna@example.com,x\n", "\n", "\"é\"\r\n", "a\r"]);
        while text.len() + line.len() <= until {
            text.push_str(line);
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn word(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.below(choices.len())]
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// The text in an encoding; what that cannot say is a question mark.
fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    let one = |letter: char| {
        let mut buffer = [0; 4];
        let (bytes, _, failed) = encoding.encode(letter.encode_utf8(&mut buffer));
        if failed { vec![b'?'] } else { bytes.into_owned() }
    };
    if encoding == UTF_8 { text.as_bytes().to_vec() } else { text.chars().flat_map(one).collect() }
}
