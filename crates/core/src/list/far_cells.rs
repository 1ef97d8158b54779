//! Looks through a workbook of Excel 97 to 2003 for how far apart its cells stand, before the library makes room for all between them:
//! two cells can ask for four thousand million. The records are those of [MS-XLS], the Excel Binary File Format.

use std::io::{Read as _, SeekFrom};

use zeroize::Zeroizing;

use super::compound;
use super::error::ListErrorKind;
use super::extent::{Area, allow};
use super::marks::Marks;
use super::old_records::{self, Texts};
use super::source::Input;

const END_OF_PART: u16 = 0x000a;
const BEGIN_OF_PART: u16 = 0x0809;
const PROTECTED: u16 = 0x002f;
const SHEET: u16 = 0x0085;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
const DIMENSIONS: u16 = 0x0200;
const SEVERAL_NUMBERS: u16 = 0x00bd;
const TEXTS: u16 = 0x00fc;
const CONTINUED: u16 = 0x003c;
const CELL_OF_TABLE: u16 = 0x00fd;
/// A number, a text of four kinds, a truth value or an error, and a short number.
const CELLS: [u16; 6] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, CELL_OF_TABLE];

/// The largest sheet that this Excel has: 65,536 rows of 256 columns.
const LARGEST_SHEET: u64 = 1 << 24;

/// Refuses a workbook whose sheets would take too much memory, leaves it at its beginning, and tells what each sheet, in the order of the
/// workbook, says of whole rows and columns. What is no workbook is left to the library, and so is a protected one.
pub(super) fn check(input: &mut Input<'_>, length: u64) -> Result<Vec<Marks>, ListErrorKind> {
    let mut file = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or_default()));
    input.read_to_end(&mut file)?;
    input.seek(SeekFrom::Start(0))?;
    match compound::workbook(&file)? {
        Some(workbook) => look_through(&workbook, length),
        None => Ok(Vec::new()),
    }
}

fn look_through(workbook: &[u8], length: u64) -> Result<Vec<Marks>, ListErrorKind> {
    let texts = lengths_of_texts(workbook);
    let mut all = Vec::new();
    let (mut cells, mut text) = (0_u64, 0_u64);
    for (kind, content) in Records(workbook) {
        match (kind, word(content, 0), word(content, 2)) {
            (PROTECTED, Some(1..), _) | (END_OF_PART, ..) => break,
            (SHEET, Some(low), Some(high)) => {
                let start = usize::from(high) << 16 | usize::from(low);
                let sheet = look_at(workbook.get(start..).unwrap_or_default(), &texts)?;
                cells = cells.saturating_add(sheet.values.cells()).saturating_add(sheet.formulas.cells());
                text = text.saturating_add(sheet.text);
                allow(cells, text, length)?;
                all.push(sheet.marks);
            }
            _ => {}
        }
    }
    Ok(all)
}

/// How many letters each text of the table has.
fn lengths_of_texts(workbook: &[u8]) -> Vec<usize> {
    let from_table = Records(workbook).skip_while(|(kind, _)| *kind != TEXTS);
    let table = from_table.enumerate().take_while(|(index, (kind, _))| *index == 0 || *kind == CONTINUED);
    Texts::new(table.map(|(_, (_, content))| content).collect()).collect()
}

/// What a sheet takes in memory, and what it says of whole rows and columns.
#[derive(Default)]
struct Sheet {
    values: Area,
    formulas: Area,
    /// Bytes of the table's texts, each as often as a cell has it.
    text: u64,
    marks: Marks,
}

/// Looks at the records of a sheet; charts within it have records of the same kinds, and are passed over.
fn look_at(sheet: &[u8], texts: &[usize]) -> Result<Sheet, ListErrorKind> {
    let mut found = Sheet::default();
    let mut depth: u32 = 0;
    for (kind, content) in Records(sheet) {
        match kind {
            BEGIN_OF_PART => depth += 1,
            END_OF_PART if depth <= 1 => break,
            END_OF_PART => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS => check_dimensions(content)?,
            FORMULA => {
                add(&mut found.values, content, 2);
                add(&mut found.formulas, content, 2);
            }
            // The library has it stand where the last formula stands, and in the first cell where there was none.
            FORMULA_TEXT => found.values.add((0, 1), (0, 1)),
            SEVERAL_NUMBERS => {
                add(&mut found.values, content, 2);
                add(&mut found.values, content, content.len().saturating_sub(2));
            }
            _ if CELLS.contains(&kind) => {
                add(&mut found.values, content, 2);
                if kind == CELL_OF_TABLE {
                    found.text = found.text.saturating_add(length_of_text(content, texts));
                }
            }
            _ => old_records::note(kind, content, &mut found.marks),
        }
    }
    Ok(found)
}

/// The bytes that a letter of a text may take.
const WIDEST_LETTER: usize = 3;

fn length_of_text(cell: &[u8], texts: &[usize]) -> u64 {
    let index = word(cell, 6).zip(word(cell, 8)).map(|(low, high)| usize::from(high) << 16 | usize::from(low));
    let letters = index.and_then(|index| texts.get(index)).copied().unwrap_or_default();
    u64::try_from(letters * WIDEST_LETTER).unwrap_or(u64::MAX)
}

/// Adds a cell of the record's row and the column that stands at this place in it.
fn add(area: &mut Area, content: &[u8], column: usize) {
    if let (Some(row), Some(column)) = (word(content, 0), word(content, column)) {
        let (row, column) = (u64::from(row), u64::from(column));
        area.add((row, row + 1), (column, column + 1));
    }
}

/// The library makes room for what is announced, whatever then comes.
fn check_dimensions(content: &[u8]) -> Result<(), ListErrorKind> {
    let long = |at: usize| Some(u64::from(word(content, at + 2)?) << 16 | u64::from(word(content, at)?));
    let short = |at: usize| word(content, at).map(u64::from);
    let announced = match content.len() {
        10 => (short(0), short(2), short(6)),
        _ => (long(0), long(4), short(10)),
    };
    let (Some(first), Some(after), Some(columns)) = announced else { return Ok(()) };
    if after.saturating_sub(first).saturating_mul(columns) > LARGEST_SHEET {
        return Err(ListErrorKind::TooBig("it says that it has more cells than a sheet can have"));
    }
    Ok(())
}

/// The records of a part: their kind and content.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (word(self.0, 0)?, usize::from(word(self.0, 2)?));
        let content = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, content))
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let length = u16::try_from(words.len() * 2).unwrap();
        [kind, length].iter().chain(words).flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A number in this row and column.
    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[row, column, 0, 0, 0, 0, 0])
    }

    /// A workbook's stream with one sheet of these records.
    fn stream(records: &[Vec<u8>]) -> Vec<u8> {
        let begin = record(BEGIN_OF_PART, &[0x0600, 5]);
        let end = record(END_OF_PART, &[]);
        let start = u16::try_from(begin.len() + 12 + end.len()).unwrap();
        let sheet = record(SHEET, &[start, 0, 0, 1]);
        [begin.clone(), sheet, end.clone(), begin, records.concat(), end].concat()
    }

    /// A container whose sectors are: 0, which follows which; 1, the directory; from 2 on, the stream.
    fn container(stream: &[u8], last: u32) -> Vec<u8> {
        let length = stream.len().max(4096).next_multiple_of(512);
        let sectors = u32::try_from(length / 512).unwrap();
        let mut header = vec![0xff; 512];
        header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        header[26..34].copy_from_slice(&[3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
        header[44..76].fill(0);
        header[44] = 1;
        header[48] = 1;
        header[68..72].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
        header[76..80].fill(0);
        let mut next = vec![0xffff_fffd, if last == 1 { 1 } else { 0xffff_fffe }];
        next.extend((3..sectors + 2).chain([last]));
        next.resize(128, 0xffff_ffff);
        let mut directory = vec![0; 512];
        directory[0] = b'R';
        for (place, letter) in (128..).step_by(2).zip(b"Workbook") {
            directory[place] = *letter;
        }
        directory[128 + 116] = 2;
        let length_said = if last == 0xffff_fffe { u32::try_from(length).unwrap() } else { u32::MAX };
        directory[128 + 120..128 + 124].copy_from_slice(&length_said.to_le_bytes());
        let next = next.into_iter().flat_map(u32::to_le_bytes).collect();
        let mut stream = stream.to_vec();
        stream.resize(length, 0);
        [header, next, directory, stream].concat()
    }

    fn told(file: Vec<u8>) -> Result<(), String> {
        let mut input: Input<'_> = Box::new(Cursor::new(file));
        check(&mut input, 100 << 20).map(drop).map_err(|error| error.to_string())
    }

    fn told_of(records: &[Vec<u8>]) -> Result<(), String> {
        told(container(&stream(records), END_OF_CHAIN))
    }

    const END_OF_CHAIN: u32 = 0xffff_fffe;
    const TOO_MANY: &str = "it is too big for a list: it would take more than 5,000,000 cells";

    #[test]
    fn cells_far_apart_are_refused() {
        assert_eq!(told_of(&[number(0, 0), number(u16::MAX, 10)]), Ok(()));
        assert_eq!(told_of(&[number(u16::MAX, u16::MAX)]), Ok(()));
        assert_eq!(told_of(&[record(FORMULA_TEXT, &[0]), number(u16::MAX, 255)]), Err(TOO_MANY.into()));
        for far in [
            number(u16::MAX, u16::MAX),
            record(SEVERAL_NUMBERS, &[u16::MAX, 1, 0, 0, 0, u16::MAX]),
            record(FORMULA, &[u16::MAX, 255, 0, 0]),
        ] {
            assert_eq!(told_of(&[number(0, 0), far]), Err(TOO_MANY.into()));
        }
    }

    /// INP-05, INP-03: what a small file may ask for is little, in cells and in texts.
    #[test]
    fn a_small_file_may_ask_for_little() {
        let far = look_through(&stream(&[number(0, 0), number(u16::MAX, 10)]), 1000).unwrap_err();
        assert!(far.to_string().contains("far more cells than it holds"), "{far}");
        let table = record(TEXTS, &[&[0, 0, 0, 0, 2000, 0x6100][..], &[0x6161; 1000]].concat());
        let cells: Vec<Vec<u8>> = (0..3000).map(|row| record(CELL_OF_TABLE, &[row, 0, 0, 0, 0])).collect();
        assert_eq!(lengths_of_texts(&table), [2000]);
        assert_eq!(length_of_text(&cells[0][4..], &[2000]), 6000);
        assert_eq!(look_at(&stream(&cells)[24..], &[2000]).unwrap().text, 18_000_000);
    }

    #[test]
    fn charts_in_a_sheet_do_not_count_and_cells_after_them_do() {
        let chart = [record(BEGIN_OF_PART, &[0x0600, 0x20]), number(u16::MAX, 255), record(END_OF_PART, &[])].concat();
        assert_eq!(told_of(&[number(0, 0), chart.clone()]), Ok(()));
        assert_eq!(told_of(&[number(0, 0), chart, number(u16::MAX, 255)]), Err(TOO_MANY.into()));
    }

    #[test]
    fn room_is_made_for_no_more_than_a_sheet_can_have() {
        assert_eq!(told_of(&[record(DIMENSIONS, &[0, 0, 0, 1, 0, 256, 0])]), Ok(()));
        assert!(
            told_of(&[record(DIMENSIONS, &[0, 0, 0, 2, 0, 256, 0])]).unwrap_err().contains("than a sheet can have")
        );
    }

    #[test]
    fn chains_that_run_in_circles_are_refused() {
        for last in [2, 1] {
            assert!(told(container(&stream(&[]), last)).unwrap_err().contains("damaged"), "{last}");
        }
    }

    #[test]
    fn the_library_takes_what_passes() {
        let file = container(&stream(&[number(0, 0)]), END_OF_CHAIN);
        assert_eq!(told(file.clone()), Ok(()));
        assert!(calamine::Reader::new(Cursor::new(file)).map(|_: calamine::Xls<_>| ()).is_ok());
    }
}
