//! A binary workbook, record by record as [MS-XLSB] has it, because no free program writes one.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;

/// A workbook of one sheet with these rows of texts.
pub(crate) fn xlsb(rows: &[[&str; 2]]) -> Vec<u8> {
    let sheet = record(0x9c, &[&[0; 4][..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Sheet1")].concat());
    let book = [record(0x8f, &[]), sheet, record(0x90, &[]), record(0x84, &[])].concat();
    let begin = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    let rows: Vec<_> = (0_u32..).zip(rows).map(|(number, cells)| row(number, cells)).collect();
    let parts = [
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", RELATIONS.into()),
        ("xl/worksheets/sheet1.bin", [begin, rows.concat(), record(0x92, &[])].concat()),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A record: its type, its length in one or two bytes, its content.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    [in_sevens(usize::from(kind)), in_sevens(content.len()), content.to_vec()].concat()
}

/// A number below 16384, seven bits a byte.
fn in_sevens(number: usize) -> Vec<u8> {
    let bits = |number: usize| u8::try_from(number & 0x7f).unwrap();
    if number < 0x80 { vec![bits(number)] } else { vec![bits(number) | 0x80, bits(number >> 7)] }
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

fn row(number: u32, cells: &[&str]) -> Vec<u8> {
    let head = record(0x00, &[&number.to_le_bytes()[..], &[0; 21]].concat());
    let cell = |(column, text): (u32, &&str)| record(0x06, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat());
    [head, (0_u32..).zip(cells).map(cell).collect::<Vec<_>>().concat()].concat()
}
