//! The parts of a binary workbook ([MS-XLSB], the Excel Binary File Format) record by record: whether each record has what its kind must
//! have, and what it says of whole rows and columns.

use std::collections::HashMap;
use std::io::{BufRead, ErrorKind};

use encoding_rs::UTF_16LE;
use zeroize::Zeroizing;

use super::error::ListErrorKind;
use super::marks::Marks;
use super::markup::{plain, tags};
use super::part::Part;
use super::parts::{Parts, damaged};
use super::source::Input;

const ROW: u16 = 0x00;
const TEXT: u16 = 0x06;
const FORMULA_TEXT: u16 = 0x08;
const LAST_CELL: u16 = 0x0b;
const SHARED_TEXT: u16 = 0x13;
const COLUMNS: u16 = 0x3c;
const SHEET: u16 = 0x9c;
const MERGED: u16 = 0xb0;

/// The flag of a hidden row, in the byte where it stands, and that of hidden columns.
const ROW_FLAGS_AT: usize = 11;
const HIDDEN_ROW: u8 = 0x10;
const COLUMNS_FLAGS_AT: usize = 16;
const HIDDEN_COLUMNS: u8 = 0x01;

/// The last row of a sheet, from 0; beyond it the library sees the sheet's end.
const LAST_ROW: u32 = 1_048_575;

/// The library makes room for a record as long as it says it is.
const LONGEST_RECORD: usize = 1 << 20;
const LONGEST_SHEET_RECORD: usize = 2 << 10;

/// What each sheet says of its rows and columns, by its name. Refuses records that are shorter than what they must hold: the library would
/// read on in what the one before has left.
pub(super) fn look_through(input: &mut Input<'_>, counted: &[Part]) -> Result<HashMap<String, Marks>, ListErrorKind> {
    let mut parts = Parts::new(input, counted)?;
    let mut marks = HashMap::new();
    for part in counted.iter().filter(|part| has_records(&part.name)) {
        let mut found = Marks::default();
        records(parts.open(part)?, part.length, |kind, content| {
            check(kind, content)?;
            note(kind, content, &mut found)
        })?;
        marks.insert(part.name.as_str(), found);
    }
    let sheets = sheets(&mut parts)?;
    let named = sheets.into_iter().map(|(name, path)| (name, marks.get(path.as_str()).cloned().unwrap_or_default()));
    Ok(named.collect())
}

fn has_records(name: &str) -> bool {
    matches!(name, "xl/workbook.bin" | "xl/styles.bin" | "xl/sharedstrings.bin")
        || name.starts_with("xl/worksheets/") && name.as_bytes().ends_with(b".bin")
}

/// The sheets and their parts; where two have one name, the first is the one that is read.
fn sheets(parts: &mut Parts<'_, '_>) -> Result<Vec<(String, String)>, ListErrorKind> {
    let mut targets = HashMap::new();
    if let Some(relations) = parts.find("xl/_rels/workbook.bin.rels") {
        relations.allow_tags(50_000, 1)?;
        tags(parts.open(relations)?, |element, tag| {
            if let (Some(tag), "Relationship") = (tag, element)
                && let (Some(id), Some(target)) = (plain(tag, "Id")?, plain(tag, "Target")?)
            {
                targets.insert(id, target);
            }
            Ok(true)
        })?;
    }
    let book = parts.find("xl/workbook.bin").ok_or_else(damaged)?;
    let mut sheets = Vec::new();
    records(parts.open(book)?, book.length, |kind, content| {
        if kind == SHEET {
            let (relation, rest) = wide_text(content.get(8..).unwrap_or_default()).ok_or_else(damaged)?;
            let (name, _) = wide_text(rest).ok_or_else(damaged)?;
            let target = targets.get(&relation).ok_or_else(damaged)?;
            sheets.push((name, format!("xl/{target}").to_ascii_lowercase()));
        }
        Ok(())
    })?;
    sheets.reverse();
    Ok(sheets)
}

/// Gives each record of a part of so many bytes, its kind and content.
fn records(
    mut part: impl BufRead,
    bytes: u64,
    mut visit: impl FnMut(u16, &[u8]) -> Result<(), ListErrorKind>,
) -> Result<(), ListErrorKind> {
    let mut content = Zeroizing::new(vec![0; LONGEST_RECORD]);
    while let Some(kind) = kind(&mut part)? {
        let length = length(&mut part)?;
        if u64::try_from(length).is_ok_and(|length| length > bytes) {
            return Err(damaged());
        }
        let content =
            content.get_mut(..length).ok_or(ListErrorKind::TooBig("a record of it is longer than any should be"))?;
        part.read_exact(content).map_err(|_| damaged())?;
        visit(kind, content)?;
    }
    Ok(())
}

fn kind(part: &mut impl BufRead) -> Result<Option<u16>, ListErrorKind> {
    let mut byte = [0];
    match part.read_exact(&mut byte) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(_) => return Err(damaged()),
    }
    let low = byte[0];
    if low & 0x80 == 0 {
        return Ok(Some(u16::from(low)));
    }
    part.read_exact(&mut byte).map_err(|_| damaged())?;
    Ok(Some(u16::from(low & 0x7f) | u16::from(byte[0] & 0x7f) << 7))
}

fn length(part: &mut impl BufRead) -> Result<usize, ListErrorKind> {
    let mut length = 0;
    for place in 0..4 {
        let mut byte = [0];
        part.read_exact(&mut byte).map_err(|_| damaged())?;
        length |= usize::from(byte[0] & 0x7f) << (7 * place);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(length)
}

fn check(kind: u16, content: &[u8]) -> Result<(), ListErrorKind> {
    let whole = match kind {
        ROW => number(content, 0).is_ok_and(|row| row <= LAST_ROW),
        TEXT | FORMULA_TEXT => wide_length(content.get(8..)).is_some(),
        0x03 | 0x04 | 0x0a | 0x0b => content.len() > 8,
        0x05 | 0x09 => content.len() >= 16,
        0x01 => content.len() >= 8,
        _ if kind <= LAST_CELL => content.len() >= 12,
        SHARED_TEXT => wide_length(content.get(1..)).is_some(),
        SHEET => (12..=LONGEST_SHEET_RECORD).contains(&content.len()),
        _ => true,
    };
    if whole { Ok(()) } else { Err(ListErrorKind::Damaged("a record of it is not as long as what it holds")) }
}

fn note(kind: u16, content: &[u8], marks: &mut Marks) -> Result<(), ListErrorKind> {
    let flags = |at: usize| content.get(at).copied().unwrap_or_default();
    match kind {
        ROW if flags(ROW_FLAGS_AT) & HIDDEN_ROW != 0 => {
            let row = number(content, 0)?;
            marks.hide_rows(row, row);
        }
        COLUMNS if flags(COLUMNS_FLAGS_AT) & HIDDEN_COLUMNS != 0 => {
            marks.hide_columns(number(content, 0)?, number(content, 4)?);
        }
        MERGED => {
            let rows = (number(content, 0)?, number(content, 4)?);
            marks.merge(rows, (number(content, 8)?, number(content, 12)?));
        }
        _ => {}
    }
    Ok(())
}

fn number(content: &[u8], at: usize) -> Result<u32, ListErrorKind> {
    let bytes = content.get(at..).and_then(|rest| rest.first_chunk()).ok_or_else(damaged)?;
    Ok(u32::from_le_bytes(*bytes))
}

/// How many bytes a text takes that stands there whole, its length before it.
fn wide_length(content: Option<&[u8]>) -> Option<usize> {
    let content = content?;
    let length = usize::try_from(number(content, 0).ok()?).ok()?.checked_mul(2)?;
    (content.len() - 4 >= length).then_some(length)
}

fn wide_text(content: &[u8]) -> Option<(String, &[u8])> {
    let length = wide_length(Some(content))?;
    let (text, rest) = content[4..].split_at(length);
    Some((UTF_16LE.decode_without_bom_handling(text).0.into_owned(), rest))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn looked(stream: &[u8]) -> Result<Marks, String> {
        let mut marks = Marks::default();
        records(stream, 2 << 20, |kind, content| check(kind, content).and_then(|()| note(kind, content, &mut marks)))
            .map(|()| marks)
            .map_err(|error| error.to_string())
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let [low, high] = kind.to_le_bytes();
        let kind = if kind < 0x80 { vec![low] } else { vec![low | 0x80, high << 1 | low >> 7] };
        [&kind, &[u8::try_from(content.len()).unwrap()][..], content].concat()
    }

    /// INP-17, INP-19.
    #[test]
    fn hidden_and_merged_things_are_seen() {
        let row = |number: u32, flags: u32| record(ROW, &words(&[number, 0, flags << 24, 0]));
        let stream = [
            record(COLUMNS, &words(&[2, 3, 0, 0, 1])),
            record(COLUMNS, &words(&[0, 0, 0, 0, 2])),
            row(4, 0x10),
            row(5, 0x0f),
            record(MERGED, &words(&[7, 9, 0, 1])),
        ];
        let marks = looked(&stream.concat()).unwrap();
        assert_eq!((marks.hidden_rows(), marks.merged_rows(&[1])), (vec![(4, 4)], vec![(7, 9, 1)]));
        assert_eq!([0, 2, 3].map(|column| marks.hides_column(column)), [false, true, true]);
    }

    /// INP-10: a length that lies makes no room, and a record that is too short is not filled up with another's text.
    #[test]
    fn records_have_what_they_must_have() {
        assert!(looked(&[0x13, 0xff, 0xff, 0x7f, 1]).unwrap_err().contains("longer than any"));
        let cut_short = records(&[0x13, 0xff, 0xff, 0xff, 0x7f, 1][..], 6, |_, _| Ok(()));
        assert!(cut_short.unwrap_err().to_string().contains("do not fit together"));
        assert!(looked(&[0x13, 9, 0]).unwrap_err().contains("do not fit together"));
        for (kind, content) in [
            (SHARED_TEXT, &[][..]),
            (SHARED_TEXT, &[0, 2, 0, 0, 0, b'a', 0]),
            (TEXT, &[0; 8]),
            (FORMULA_TEXT, &[0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
            (ROW, &[0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (0x07, &[0; 8]),
            (0x05, &[0; 12]),
            (SHEET, &[0; 4]),
        ] {
            assert!(looked(&record(kind, content)).unwrap_err().contains("as long as what it holds"), "{kind}");
        }
        assert!(looked(&[record(SHARED_TEXT, &[0; 5]), record(TEXT, &[0; 12])].concat()).is_ok());
    }
}
