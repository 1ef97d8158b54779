//! The records of a workbook of Excel 97 to 2003 that are not cells: what it says of whole rows and columns, and how long the texts of its
//! table are. The records are those of [MS-XLS], the Excel Binary File Format.

use super::marks::Marks;

const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007d;
const MERGED: u16 = 0x00e5;

/// Notes what a record says of rows and columns.
pub(super) fn note(kind: u16, content: &[u8], marks: &mut Marks) {
    match kind {
        ROW if word(content, 12).is_some_and(|flags| flags & 0x20 != 0) => {
            if let Some(row) = word(content, 0) {
                marks.hide_rows(u32::from(row), u32::from(row));
            }
        }
        COLUMNS if word(content, 8).is_some_and(|flags| flags & 1 != 0) => {
            if let (Some(first), Some(last)) = (word(content, 0), word(content, 2)) {
                marks.hide_columns(u32::from(first), u32::from(last));
            }
        }
        MERGED => {
            for area in content.get(2..).unwrap_or_default().as_chunks::<8>().0 {
                let at = |at| word(area, at).map(u32::from).unwrap_or_default();
                marks.merge((at(0), at(2)), (at(4), at(6)));
            }
        }
        _ => {}
    }
}

/// The table of texts, which goes on from record to record.
pub(super) struct Texts<'a> {
    rest: &'a [u8],
    further: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Texts<'a> {
    /// A table of these records, whose first has eight bytes before its first text.
    pub(super) fn new(records: Vec<&'a [u8]>) -> Self {
        let mut further = records.into_iter();
        let rest = further.next().and_then(|first| first.get(8..)).unwrap_or_default();
        Self { rest, further }
    }

    /// The next bytes, no further than to the end of the record.
    fn take(&mut self, most: usize) -> Option<&'a [u8]> {
        while self.rest.is_empty() {
            self.rest = self.further.next()?;
        }
        let (taken, rest) = self.rest.split_at(most.min(self.rest.len()));
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let taken = self.take(bytes)?;
        (taken.len() == bytes).then(|| taken.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            bytes -= self.take(bytes)?.len();
        }
        Some(())
    }

    /// Passes over the letters of a text; where it goes on in another record, a byte says anew how wide they are.
    fn skip_letters(&mut self, mut letters: usize, mut wide: bool) -> Option<()> {
        while letters > 0 {
            if self.rest.is_empty() {
                self.rest = self.further.next()?;
                wide = self.number(1)? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = letters.min(self.rest.len() / width).max(1);
            self.skip((here * width).min(self.rest.len()))?;
            letters -= here;
        }
        Some(())
    }

    fn next_length(&mut self) -> Option<usize> {
        let letters = self.number(2)?;
        let flags = self.number(1)?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let more = if flags & 4 == 0 { 0 } else { self.number(4)? };
        self.skip_letters(letters, flags & 1 != 0)?;
        self.skip(runs * 4 + more)?;
        Some(letters)
    }
}

impl Iterator for Texts<'_> {
    type Item = usize;

    /// How many letters the next text has; nothing where there is no further one, or none that is whole.
    fn next(&mut self) -> Option<usize> {
        self.next_length()
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// INP-17, INP-19.
    #[test]
    fn hidden_and_merged_things_are_seen() {
        let mut marks = Marks::default();
        note(ROW, &words(&[4, 0, 2, 0, 0, 0, 0x20, 0]), &mut marks);
        note(ROW, &words(&[5, 0, 2, 0, 0, 0, 0x50, 0]), &mut marks);
        note(COLUMNS, &words(&[2, 3, 0, 0, 1]), &mut marks);
        note(COLUMNS, &words(&[0, 0, 0, 0, 2]), &mut marks);
        note(MERGED, &words(&[2, 7, 9, 0, 1, 3, 3, 1, 2]), &mut marks);
        note(ROW, &[1], &mut marks);
        assert_eq!((marks.hidden_rows(), marks.merged_rows(&[1])), (vec![(4, 4)], vec![(3, 3, 1), (7, 9, 1)]));
        assert_eq!([0, 2, 3].map(|column| marks.hides_column(column)), [false, true, true]);
    }

    #[test]
    fn texts_are_measured_over_the_ends_of_records() {
        let first = [&[0; 8][..], &[3, 0, 0], b"abc", &[2, 0, 1], b"a\0b\0", &[5, 0, 0], b"ab"].concat();
        let second =
            [&[1][..], b"c\0d\0e\0", &[1, 0, 12, 1, 0, 2, 0, 0, 0], b"x", &[0; 6], &[9, 0, 0], b"cut"].concat();
        assert_eq!(Texts::new(vec![&first, &second]).collect::<Vec<_>>(), [3, 2, 5, 1]);
        assert_eq!(Texts::new(vec![]).next(), None);
    }
}
