//! Cuts a text list into records and these into cells. Whatever it keeps of the text is wiped.

use std::io::{self, Read};
use std::ops::Range;
use std::str;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2};
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
    delimiter: u8,
    cutter: Reader,
    ahead: Zeroizing<Vec<u8>>,
    /// What of `ahead` was read and not yet cut.
    uncut: Range<usize>,
    /// Before this place in `ahead` nothing uncut needs more than to be cut at each delimiter.
    plain_until: usize,
    /// The bytes cut so far.
    cut: u64,
    /// Where the record stands in `ahead`, where that is as a whole and as it is read.
    plain: Option<Range<usize>>,
    /// The cells of any other record.
    cells: Zeroizing<Vec<u8>>,
    /// Where each cell ends in the one or the other; `count` of them are this record's.
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
            delimiter,
            cutter,
            ahead: Zeroizing::new(vec![0; CHUNK]),
            uncut: 0..0,
            plain_until: 0,
            cut: 0,
            plain: None,
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
        self.count = 0;
        self.plain = self.plain_line();
        match self.plain.clone() {
            Some(line) => {
                self.cut_plain(line);
                Ok(true)
            }
            None => self.cut_any(),
        }
    }

    /// Where the next line stands, if it was read as a whole and is a record of cells without a quotation mark, as nearly all are.
    fn plain_line(&mut self) -> Option<Range<usize>> {
        let Range { start, end } = self.uncut;
        if self.plain_until < start {
            self.plain_until = memchr2(b'"', b'\r', &self.ahead[start..end]).map_or(end, |length| start + length);
        }
        let plain = self.ahead.get(start..self.plain_until)?;
        let length = memchr(b'\n', plain).filter(|length| *length > 0)?;
        Some(start..start + length)
    }

    fn cut_plain(&mut self, line: Range<usize>) {
        let text = &self.ahead[line];
        for end in memchr_iter(self.delimiter, text).chain([text.len()]) {
            if self.count == self.ends.len() {
                self.ends.resize(self.count * 2, 0);
            }
            self.ends[self.count] = end;
            self.count += 1;
        }
        let taken = text.len() + 1;
        self.uncut.start += taken;
        self.cut = self.cut.saturating_add(taken as u64);
    }

    fn cut_any(&mut self) -> io::Result<bool> {
        let mut filled = 0;
        let most = self.cut.saturating_add(LONGEST_TEXT);
        loop {
            if filled > LONGEST || self.count >= MOST_CELLS || self.cut > most {
                return Err(io::Error::new(io::ErrorKind::InvalidData, LongRecord));
            }
            if self.uncut.is_empty() {
                self.uncut = 0..self.text.read(&mut self.ahead)?;
                self.plain_until = 0;
            }
            let text = &self.ahead[self.uncut.clone()];
            let (result, read, wrote, ended) =
                self.cutter.read_record(text, &mut self.cells[filled..], &mut self.ends[self.count..]);
            self.uncut.start += read;
            self.cut = self.cut.saturating_add(read as u64);
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

    /// The record's cells, from left to right; nothing for one that is no UTF-8.
    pub(super) fn cells(&self) -> impl Iterator<Item = Option<&str>> {
        let ends = &self.ends[..self.count];
        let (text, between) = match &self.plain {
            Some(line) => (&self.ahead[line.clone()], 1),
            None => (&self.cells[..ends.last().copied().unwrap_or(0)], 0),
        };
        let text = str::from_utf8(text).ok();
        let starts = std::iter::once(0).chain(ends.iter().map(move |end| end + between));
        starts.zip(ends).map(move |(start, end)| text?.get(start..*end))
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
    use proptest::prelude::*;

    use super::*;

    /// Gives one byte at a time, so that no line is read as a whole.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    fn cut(text: &str) -> Vec<Vec<String>> {
        cut_from(text.as_bytes(), text.len())
    }

    fn cut_from(source: impl Read, length: usize) -> Vec<Vec<String>> {
        let mut records = Records::new(b',', source);
        let mut found = Vec::new();
        while records.advance().unwrap() {
            let cells: Vec<String> = records.cells().map(|cell| cell.unwrap().to_owned()).collect();
            assert_eq!(cells.len(), records.len());
            found.push(cells);
        }
        assert_eq!(records.offset(), u64::try_from(length).unwrap());
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

    proptest! {
        #[test]
        fn lines_that_are_cut_as_a_whole_are_cut_as_any_other(text in "([a, é]|\n|\r|\"|\"\"){0,60}") {
            prop_assert_eq!(cut(&text), cut_from(Drip(text.as_bytes()), text.len()));
        }
    }

    #[test]
    fn long_cells_and_many_cells_have_room() {
        let long = "é".repeat(CHUNK * 3);
        assert_eq!(cut(&format!("a,{long}\nb,c\n")), [&["a", long.as_str()][..], &["b", "c"]]);
        assert_eq!(cut(&",".repeat(1000))[0].len(), 1001);
    }
}
