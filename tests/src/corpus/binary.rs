//! A plain binary workbook (`.xlsb`), record by record as [MS-XLSB] has it: no free program writes one.

use serde::Deserialize;

use super::pieces::{Content, Piece};
use super::zip::Part;

/// A binary workbook with one sheet: `email` and `password`, and below them a mailbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Binary {
    /// The number of the record that the cell B2 is, [MS-XLSB] 2.3.2.
    pub(crate) kind: u8,
    /// What the record has behind the column and the style, in hexadecimal digits; or the text, where that is left out.
    pub(crate) rest: Option<String>,
    /// The cell's text.
    #[serde(default)]
    pub(crate) text: String,
    /// Records behind the rows, in hexadecimal digits.
    #[serde(default)]
    pub(crate) behind: String,
}

impl Binary {
    /// Its parts.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
        let sheet = record(0x9c, &["0000000001000000", &wide("rId1"), &wide("Sheet1")].concat());
        let book = [record(0x8f, ""), sheet, record(0x90, ""), record(0x84, "")].concat();
        let rest = self.rest.clone().unwrap_or_else(|| wide(&self.text));
        let rows = [
            row(1, &[cell(6, 0, &wide("email")), cell(6, 1, &wide("password"))]),
            row(2, &[cell(6, 0, &wide("anna@example.com")), cell(self.kind, 1, &rest)]),
        ];
        let begin = [record(0x81, ""), record(0x94, &"00".repeat(16)), record(0x91, "")].concat();
        let sheet = [begin, rows.concat(), self.behind.clone(), record(0x92, "")].concat();
        vec![
            Part::new("xl/workbook.bin", binary(book)),
            Part::new("xl/_rels/workbook.bin.rels", relations),
            Part::new("xl/worksheets/sheet1.bin", binary(sheet)),
        ]
    }
}

fn binary(hex: String) -> Content {
    Content::Pieces(vec![Piece::Bytes { hex }])
}

/// A record in hexadecimal digits; numbers over 127 take two bytes.
fn record(kind: u8, content: &str) -> String {
    let kind = if kind < 0x80 { format!("{kind:02x}") } else { format!("{kind:02x}01") };
    format!("{kind}{:02x}{content}", u8::try_from(content.replace(' ', "").len() / 2).unwrap())
}

fn wide(text: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes().map(|byte| format!("{byte:02x}"));
    let units = units.into_iter().flat_map(u16::to_le_bytes).map(|byte| format!("{byte:02x}"));
    length.into_iter().chain(units).collect()
}

fn cell(kind: u8, column: u8, rest: &str) -> String {
    record(kind, &format!("{column:02x}000000 00000000 {rest}"))
}

fn row(number: u8, cells: &[String]) -> String {
    record(0, &format!("{:02x}000000{}", number - 1, "00".repeat(21))) + &cells.concat()
}
