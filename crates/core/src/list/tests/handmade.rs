//! Workbooks that no program writes: damaged, contradictory or hostile ones.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{lines, read_bytes};
use crate::list::{ListError, ListOptions};

/// A workbook with one sheet that holds these rows, as XML.
fn workbook(rows: &str) -> Vec<u8> {
    zipped(&parts(rows))
}

/// The parts of such a workbook.
pub(super) fn parts(rows: &str) -> Vec<(&'static str, Vec<u8>)> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#)),
    ];
    parts.map(|(name, content)| (name, content.into_bytes())).into()
}

/// A zip file of these parts.
pub(super) fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

/// The header, and below it a row with an address and this XML for the password's cell.
fn with_password(cell: &str) -> Vec<u8> {
    let [a1, b1, a2] = [text("A1", "email"), text("B1", "password"), text("A2", "anna@example.com")];
    workbook(&format!(r#"<row r="1">{a1}{b1}</row><row r="2">{a2}{cell}</row>"#))
}

fn read_password(cell: &str) -> Result<Vec<String>, ListError> {
    read_bytes(&with_password(cell), &ListOptions::default()).map(|list| lines(&list))
}

#[test]
fn cells_are_read_as_a_spreadsheet_shows_them() {
    for (cell, expected) in [
        (text("B2", "a&amp;b &lt;&#233;&gt;"), "= a&b <é>"),
        (text("B2", "a_x0042_c"), "= aBc"),
        (text("B2", "a_x000D_c"), "! control-character@B"),
        (text("B2", " a"), "! spaces@B"),
        (r#"<c r="B2" t="str"><v>plain</v></c>"#.to_owned(), "= plain"),
        (r#"<c t="inlineStr"><is><t>unplaced</t></is></c>"#.to_owned(), "= unplaced"),
        (r#"<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>"#.to_owned(), "= ab"),
        (r#"<c r="B2" t="str"><f>A1</f><v>cached</v></c>"#.to_owned(), "! formula@B"),
        (r#"<c r="B2"><f>A1</f></c>"#.to_owned(), "! formula@B"),
        (r#"<c r="B2"><f t="shared" si="0"/></c>"#.to_owned(), "! formula@B"),
        (r#"<c r="B2" t="b"><v>1</v></c>"#.to_owned(), "! not-text@B"),
        (r#"<c r="B2" t="d"><v>2026-01-05</v></c>"#.to_owned(), "! not-text@B"),
        (r#"<c r="B2" t="e"><v>#N/A</v></c>"#.to_owned(), "! cell-error@B"),
        (r#"<c r="B2"/>"#.to_owned(), "! no-password@B"),
    ] {
        assert_eq!(read_password(&cell).unwrap(), [format!("2 anna@example.com {expected}")], "{cell}");
    }
}

#[test]
fn what_does_not_hold_together_is_damaged_and_shows_nothing() {
    for cell in [
        r#"<c r="B99999999999" t="str"><v>secret</v></c>"#,
        r#"<c r="B2097152" t="str"><v>secret</v></c>"#,
        r#"<c r="ZZZ2" t="str"><v>secret</v></c>"#,
        r#"<c r="ZZZZZZZZZZ2" t="str"><v>secret</v></c>"#,
        r#"<c r="A2" t="str"><v>secret</v></c>"#,
        r#"<c r="B1" t="str"><v>secret</v></c>"#,
        r#"<c r="B2" t="secret"><v>secret</v></c>"#,
        r#"<c r="B2" t="b"><v>secret</v></c>"#,
        r#"<c r="B2" t="n"><v>secret</v></c>"#,
        r#"<c r="B2" t="s"><v>7</v></c>"#,
        r#"<c r="B2" t="str"><v>secret"#,
        r#"<c r="B2" t="str"><v>&secret;</v></c>"#,
        r#"<c r="B2" t="str"><secret/></c>"#,
    ] {
        let error = read_password(cell).unwrap_err();
        let told = format!("{error} {error:?} {:?}", error.remedy());
        assert!(told.contains("damaged") && !told.contains("secret"), "{cell}: {told}");
    }
}

#[test]
fn a_cell_longer_than_any_sheet_shows_is_refused() {
    let error = read_password(&text("B2", &"x".repeat(1 << 20))).unwrap_err();
    assert!(error.to_string().contains("32,767"), "{error}");
    assert_eq!(read_password(&text("B2", &"x".repeat(40_000))).unwrap(), ["2 anna@example.com ! bad-row@B"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_workbook_with_some_bytes_changed_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for name in ["plain-libreoffice.xls", "plain.xlsx", "plain-libreoffice.ods"] {
            let mut bytes = std::fs::read(format!("{}/../../fixtures/lists/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            for (place, value) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *value;
            }
            if let Err(error) = read_bytes(&bytes, &ListOptions::default()) {
                prop_assert!(error.remedy().is_some());
            }
        }
    }
}

/// An ODS spreadsheet with one sheet that holds these rows, as XML.
fn spreadsheet(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", b"<manifest:manifest/>".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

#[test]
fn repeats_that_would_fill_the_memory_are_refused() {
    let texts = |texts: &[&str]| -> String {
        let cells = texts.iter().map(|text| {
            format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
        });
        cells.collect()
    };
    let rows = format!(
        r#"<table:table-row>{}</table:table-row><table:table-row>{}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>"#,
        texts(&["email", "password"]),
        texts(&["anna@example.com", "secret"]),
    );
    let empty = r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let list = read_bytes(&spreadsheet(&format!("{rows}{empty}")), &ListOptions::default()).unwrap();
    assert_eq!(lines(&list), ["2 anna@example.com = secret"]);

    let bomb = r#"<table:table-row table:number-rows-repeated="6000"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let error = read_bytes(&spreadsheet(&format!("{rows}{bomb}")), &ListOptions::default()).unwrap_err();
    assert!(error.to_string().contains("5,000,000 cells"), "{error}");
}
