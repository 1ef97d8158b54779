//! Cuts a text list into records and these into cells. Whatever it keeps of the text is wiped.

use std::io::{self, Read};
use std::str::{self, Utf8Error};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use thiserror::Error;
use zeroize::Zeroizing;

const CHUNK: usize = 16 << 10;

/// The most that one record may take: bytes in all its cells, cells, and bytes of text, the empty lines before it among them.
const LONGEST: usize = 1 << 20;
const MOST_CELLS: usize = 1 << 16;
const LONGEST_TEXT: u64 = 4 << 20;

/// A record that goes on and on; it travels inside an [`io::Error`].
#[derive(Debug, Error)]
#[error("a record is too long")]
pub(super) struct LongRecord;

/// The records of a text, one after the other, each of any number of cells. Empty lines are none.
pub(super) struct Records<R> {
    text: R,
    cutter: Reader,
    ahead: Zeroizing<Vec<u8>>,
    /// What of `ahead` was read and not yet cut.
    uncut: std::ops::Range<usize>,
    /// The bytes cut so far.
    cut: u64,
    cells: Zeroizing<Vec<u8>>,
    /// Where each cell ends in `cells`; `count` of them are this record's.
    ends: Vec<usize>,
    count: usize,
}

impl<R: Read> Records<R> {
    pub(super) fn new(delimiter: u8, text: R) -> Self {
        let mut cutter = ReaderBuilder::new().delimiter(delimiter).build();
        // The library takes a byte order mark off what it reads first. The text's own is gone already, and another one is a cell's.
        cutter.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            text,
            cutter,
            ahead: Zeroizing::new(vec![0; CHUNK]),
            uncut: 0..0,
            cut: 0,
            cells: Zeroizing::new(vec![0; CHUNK]),
            ends: vec![0; 64],
            count: 0,
        }
    }

    /// The text that is cut.
    pub(super) fn text(&mut self) -> &mut R {
        &mut self.text
    }

    /// The offset of the first byte that no record has taken yet.
    pub(super) fn offset(&self) -> u64 {
        self.cut
    }

    /// Goes on to the next record; there is none where it says `false`.
    pub(super) fn advance(&mut self) -> io::Result<bool> {
        let mut filled = 0;
        self.count = 0;
        let most = self.cut.saturating_add(LONGEST_TEXT);
        loop {
            if filled > LONGEST || self.count >= MOST_CELLS || self.cut > most {
                return Err(io::Error::new(io::ErrorKind::InvalidData, LongRecord));
            }
            if self.uncut.is_empty() {
                self.uncut = 0..self.text.read(&mut self.ahead)?;
            }
            let text = &self.ahead[self.uncut.clone()];
            let (result, read, wrote, ended) =
                self.cutter.read_record(text, &mut self.cells[filled..], &mut self.ends[self.count..]);
            self.uncut.start += read;
            self.cut = self.cut.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            filled += wrote;
            self.count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.widen(),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// How many cells the record has.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The record's cells, from left to right.
    pub(super) fn cells(&self) -> impl Iterator<Item = Result<&str, Utf8Error>> {
        let ends = &self.ends[..self.count];
        let starts = std::iter::once(&0).chain(ends);
        starts.zip(ends).map(|(start, end)| str::from_utf8(&self.cells[*start..*end]))
    }

    fn widen(&mut self) {
        let mut wider = Zeroizing::new(vec![0; self.cells.len() * 2]);
        wider[..self.cells.len()].copy_from_slice(&self.cells);
        self.cells = wider;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(b',', text.as_bytes());
        let mut found = Vec::new();
        while records.advance().unwrap() {
            let cells: Vec<String> = records.cells().map(|cell| cell.unwrap().to_owned()).collect();
            assert_eq!(cells.len(), records.len());
            found.push(cells);
        }
        assert_eq!(records.offset(), u64::try_from(text.len()).unwrap());
        found
    }

    #[test]
    fn records_are_cut_into_cells() {
        assert_eq!(cut("a,b\n\n\"c,\"\"\n\",,é\n"), [&["a", "b"][..], &["c,\"\n", "", "é"]]);
        assert_eq!(cut("a"), [["a"]]);
        assert_eq!(cut(""), Vec::<Vec<String>>::new());
    }

    /// INP-23, INP-35: neither a line of 10 MB nor an endless one fills the memory; nor do endless commas, or empty lines.
    #[test]
    fn a_record_has_an_end() {
        for piece in ["x", ",", "\n", "\"\"", "a,"] {
            let text = piece.repeat(10 << 20);
            let mut records = Records::new(b',', text.as_bytes());
            let error = loop {
                match records.advance() {
                    Ok(true) => {}
                    Ok(false) => break None,
                    Err(error) => break error.downcast::<LongRecord>().ok(),
                }
            };
            assert!(error.is_some(), "{piece:?}");
            assert!(records.cells.len() <= 4 * LONGEST && records.ends.len() <= 2 * MOST_CELLS, "{piece:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_text_like_any_other() {
        assert_eq!(cut("\u{feff}\"a,b\"\n\u{feff}c"), [&["\u{feff}\"a", "b\""][..], &["\u{feff}c"]]);
    }

    #[test]
    fn long_cells_and_many_cells_have_room() {
        let long = "é".repeat(CHUNK * 3);
        assert_eq!(cut(&format!("a,{long}\nb,c\n")), [&["a", long.as_str()][..], &["b", "c"]]);
        assert_eq!(cut(&",".repeat(1000))[0].len(), 1001);
    }
}
