//! Workbooks in which everything is in order but what is put into one part.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What leads to the workbook in a file of Excel 2007 or later.
const WAY: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;

/// A part's name and content.
type Part<'a> = (&'a str, &'a [u8]);

/// A part of a workbook of Excel 2007 or later.
#[derive(Clone, Copy)]
pub(crate) enum XlsxPart {
    Sheet,
    Texts,
    Styles,
    Workbook,
    Relations,
}

impl XlsxPart {
    const fn name(self) -> &'static str {
        match self {
            Self::Sheet => "xl/worksheets/sheet1.xml",
            Self::Texts => "xl/sharedStrings.xml",
            Self::Styles => "xl/styles.xml",
            Self::Workbook => "xl/workbook.xml",
            Self::Relations => "xl/_rels/workbook.xml.rels",
        }
    }

    /// What stands in it where nothing else is put there.
    fn usual(self) -> String {
        match self {
            Self::Sheet => sheet(
                r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>b@example.com</t></is></c><c r="B3" s="1"><v>42</v></c></row>"#,
            ),
            Self::Texts => texts(["email", "password", "a@example.com", "luggage 12345"].into_iter()),
            Self::Styles => format!(
                r#"<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>"#
            ),
            Self::Workbook => format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
            Self::Relations => format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
            ),
        }
    }
}

/// A workbook of Excel 2007 or later with these contents in these parts.
pub(crate) fn xlsx(contents: &[(XlsxPart, &[u8])]) -> Vec<u8> {
    let all = [XlsxPart::Workbook, XlsxPart::Relations, XlsxPart::Styles, XlsxPart::Texts, XlsxPart::Sheet];
    let usual = all.map(|part| (part.name(), part.usual()));
    let parts = usual.iter().map(|(name, usual)| {
        let given = contents.iter().find(|(part, _)| part.name() == *name).map(|(_, content)| *content);
        (*name, given.unwrap_or(usual.as_bytes()))
    });
    let way = [("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", WAY.as_bytes())];
    zipped(&way.into_iter().chain(parts).collect::<Vec<_>>())
}

/// A sheet of these rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#)
}

/// The table of these texts, which are XML already.
pub(crate) fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<_> = texts.map(|text| format!(r#"<si><t xml:space="preserve">{text}</t></si>"#)).collect();
    format!(r#"<sst xmlns="{MAIN}">{}</sst>"#, items.concat())
}

/// An open document spreadsheet of this content.
pub(crate) fn ods(content: &[u8]) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content),
    ])
}

/// A binary workbook whose only sheet is of this content.
pub(crate) fn xlsb(sheet: &[u8]) -> Vec<u8> {
    let relations = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    // BrtBeginBundleShs, BrtBundleSh of `rId1` named `S`, BrtEndBundleShs, BrtEndBook ([MS-XLSB] 2.4).
    let mut book = vec![0x8f, 0x01, 0, 0x9c, 0x01, 26, 0, 0, 0, 0, 1, 0, 0, 0];
    for text in ["rId1", "S"] {
        book.extend(u32::try_from(text.len()).unwrap_or_default().to_le_bytes());
        book.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    }
    book.extend([0x90, 0x01, 0, 0x84, 0x01, 0]);
    zipped(&[
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

/// A zip file of these parts, none of them compressed, so that what is in them is not hidden from the one who mutates it.
fn zipped(parts: &[Part<'_>]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(*name, stored).expect("a part is begun in memory");
        writer.write_all(content).expect("a part is written in memory");
    }
    writer.finish().expect("a zip file is ended in memory").into_inner()
}
