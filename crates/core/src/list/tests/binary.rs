//! A binary workbook (`.xlsb`), written record by record as [MS-XLSB] has it: no free program writes one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::handmade::zipped;
use super::{lines, read_bytes};
use crate::list::{Format, ListOptions};

/// A record: its type, its length, its content.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..0x80 => vec![u8::try_from(kind).unwrap()],
        _ => vec![u8::try_from(kind & 0x7f).unwrap() | 0x80, u8::try_from(kind >> 7).unwrap()],
    };
    bytes.push(u8::try_from(content.len()).unwrap());
    bytes.extend(content);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// A cell record: column, style 0, and what the kind of cell has besides.
fn cell(kind: u16, column: u32, rest: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &[0; 4], rest].concat())
}

fn text(column: u32, text: &str) -> Vec<u8> {
    cell(0x06, column, &wide(text))
}

fn row(number: u32, cells: &[Vec<u8>]) -> Vec<u8> {
    let head = record(0x00, &[&(number - 1).to_le_bytes()[..], &[0; 21]].concat());
    [head, cells.concat()].concat()
}

fn workbook(rows: &[Vec<u8>]) -> Vec<u8> {
    let sheet = record(0x9c, &[&[0; 4][..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Sheet1")].concat());
    let book = [record(0x8f, &[]), sheet, record(0x90, &[]), record(0x84, &[])].concat();
    let begin = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    let relations = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    zipped(&[
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relations.into()),
        ("xl/worksheets/sheet1.bin", [begin, rows.concat(), record(0x92, &[])].concat()),
    ])
}

#[test]
fn a_binary_workbook_is_read_like_any_other() {
    let number = 42.0_f64.to_le_bytes();
    let formula = [0, 0, 3, 0, 0, 0, 0x1e, 1, 0];
    let bytes = workbook(&[
        row(1, &[text(0, "email"), text(2, "password")]),
        row(2, &[text(0, "a@example.com"), text(2, "é =1")]),
        row(3, &[text(0, "b@example.com"), cell(0x05, 2, &number)]),
        row(4, &[text(0, "c@example.com"), cell(0x08, 2, &[&wide("x")[..], &formula].concat())]),
        row(5, &[text(0, "d@example.com"), cell(0x0b, 2, &[&[0x07][..], &formula].concat())]),
        row(6, &[text(0, "e@example.com"), cell(0x03, 2, &[0x17])]),
        row(9, &[text(0, "f@example.com"), cell(0x04, 2, &[1])]),
    ]);
    let list = read_bytes(&bytes, &ListOptions::default()).unwrap();
    assert_eq!((list.facts.format, list.facts.sheet.as_deref()), (Format::Xlsb, Some("Sheet1")));
    assert_eq!(list.facts.empty_rows, 2);
    assert_eq!(
        lines(&list),
        [
            "2 a@example.com = é =1",
            "3 b@example.com ! not-text@C",
            "4 c@example.com ! formula@C",
            "5 d@example.com ! formula@C",
            "6 e@example.com ! cell-error@C",
            "9 f@example.com ! not-text@C",
        ]
    );
}
