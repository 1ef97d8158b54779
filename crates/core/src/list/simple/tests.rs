//! What is read simply, and that it is what the library gives.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::budget::{self, Budget};
use super::super::facts::{Format, ListFacts};
use super::super::options::ListOptions;
use super::super::xlsx;
use super::*;
use crate::entry::{Entry, Task};

const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn workbook(book: &str, sheet: &str, texts: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What a reader makes of a workbook: every row, with its passwords.
fn read_by(
    bytes: &[u8],
    options: &ListOptions,
    read: impl FnOnce(Input<'_>, &[Part], &mut Understanding<'_>) -> Result<bool, ListErrorKind>,
) -> Option<Told> {
    let mut input: Input<'_> = Box::new(Cursor::new(bytes));
    let parts = budget::check(&mut input, bytes.len() as u64, Budget::default()).unwrap();
    let mut list = Understanding::new(options, ListFacts::new("list.xlsx".to_owned(), Format::Xlsx));
    match read(input, &parts, &mut list) {
        Ok(true) => Some(
            list.finish().map(|(entries, _)| entries.iter().map(told).collect()).map_err(|error| error.to_string()),
        ),
        Ok(false) => None,
        Err(error) => Some(Err(error.to_string())),
    }
}

fn told(entry: &Entry) -> String {
    let target = entry.target.as_ref().map(ToString::to_string);
    match &entry.task {
        Task::Change(passwords) => format!("{} {target:?} {:?}", entry.row, passwords.new.expose_secret()),
        other => format!("{} {target:?} {other:?}", entry.row),
    }
}

/// The rows, or why there are none.
type Told = Result<Vec<String>, String>;

/// What is read simply, if it is, and what the library reads.
fn both(bytes: &[u8], options: &ListOptions) -> (Option<Told>, Told) {
    let simply = read_by(bytes, options, |mut input, parts, list| read(&mut input, parts, list));
    let by_library =
        read_by(bytes, options, |input, parts, list| xlsx::read_by_library(input, parts, list).map(|()| true));
    (simply, by_library.unwrap())
}

fn headless() -> ListOptions {
    let columns = "email=A,password=B".parse().unwrap();
    ListOptions { header: false, allow_spaces: true, columns, ..ListOptions::default() }
}

fn sheet(before: &str, rows: &str, behind: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"x>y\">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"
    )
}

const TEXTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<sst count="4" uniqueCount="4"><si><t>anna@example.com</t></si><si><t>Tide&amp;Reef</t></si><si><t xml:space="preserve"> a b </t></si><si><t> c </t></si>
<si><t/></si></sst>"#;

#[test]
fn what_programs_write_is_read_simply_and_right() {
    let rows = r#"<row r="1" spans="1:2"><c r="A1" s="2" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row><c t="inlineStr"><is><t>bob@example.com</t></is></c><c t="inlineStr"><is><t xml:space="preserve"> x&lt;y </t></is></c><c r="D2" s="1"/></row>
        <row r="7"><c r="A7" t="inlineStr"><is><t>eve@example.com</t></is></c><c r="B7" s="3"></c><c r="C7" t="s"><v>2</v></c></row><row r="8"/>
        <row><c t="inlineStr"><is><t> dan@example.com</t></is></c><c t="s"><v>3</v></c></row>"#;
    let before = r#"<dimension ref="A1:B2"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1" width="9"/></cols>"#;
    let behind = r#"<pageMargins left="0.7"/><headerFooter><oddHeader>&amp;C a</oddHeader></headerFooter>"#;
    let (simply, by_library) = both(&workbook(BOOK, &sheet(before, rows, behind), TEXTS), &headless());
    let simply = simply.unwrap().unwrap();
    assert_eq!(simply[0], r#"1 Some("anna@example.com") "Tide&Reef""#);
    assert_eq!(simply[1], r#"2 Some("bob@example.com") " x<y ""#);
    assert_eq!(simply[3], r#"9 Some("dan@example.com") "c""#);
    assert_eq!(simply, by_library.unwrap());
}

/// INP-11, INP-12, INP-13, INP-17, INP-19: whatever is more than texts, or is not seen, is left to the reader that knows of it.
#[test]
fn what_is_more_than_texts_is_not_read_simply() {
    let options = ListOptions { sheet: Some("list".to_owned()), ..headless() };
    let plain = |cell: &str| sheet("", &format!("<row>{cell}</row>"), "");
    let fits = plain(r#"<c t="s"><v>0</v></c>"#);
    assert!(both(&workbook(BOOK, &fits, TEXTS), &options).0.is_some());
    let cells = [
        "<c><v>1</v></c>",
        "<c t=\"n\"><v>1</v></c>",
        "<c t=\"b\"><v>1</v></c>",
        "<c t=\"str\"><v>a</v></c>",
        "<c t=\"e\"><v>#REF!</v></c>",
        "<c t=\"s\"><f>A1</f><v>0</v></c>",
        "<c t=\"s\"><v>9</v></c>",
        "<c t=\"s\"><v>-1</v></c>",
        "<c t=\"inlineStr\"><is><r><t>a</t></r></is></c>",
        "<c t=\"inlineStr\"><is><t>_x0041_</t></is></c>",
        "<c t=\"inlineStr\"><is><t>a&#65;</t></is></c>",
        "<c t=\"inlineStr\"><is><t>a<!-- -->b</t></is></c>",
        "<x:c/>",
    ];
    let sheets = [
        sheet(r#"<cols><col min="1" max="1" hidden="1"/></cols>"#, "", ""),
        sheet("", r#"<row r="1" hidden="1"/>"#, ""),
        sheet("", "", r#"<mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#),
        sheet("", "", "<sheetData/>"),
        sheet("", "<a/>", ""),
        sheet("", "a", ""),
        sheet(&"<a>".repeat(300), "", &"</a>".repeat(300)),
        fits.replace("UTF-8", "ISO-8859-1"),
        fits.replace("</worksheet>", ""),
        fits.replace("worksheet", "x:worksheet"),
    ];
    for sheet in cells.iter().map(|cell| plain(cell)).chain(sheets) {
        assert!(both(&workbook(BOOK, &sheet, TEXTS), &options).0.is_none(), "{sheet}");
    }
    for texts in [
        "<sst><si><t>a</t><rPh/></si></sst>",
        "<sst><si><r><t>a</t></r></si></sst>",
        "<sst><si><t>a</t></si>",
        "<x:sst/>",
    ] {
        assert!(both(&workbook(BOOK, &fits, texts), &options).0.is_none(), "{texts}");
    }
    for book in [
        BOOK.replace("sheetId", "state=\"hidden\" sheetId"),
        BOOK.replace("</sheets>", "<sheet name=\"Other\" r:id=\"rId1\"/></sheets>"),
        BOOK.replace("List", "Other"),
    ] {
        let simply = both(&workbook(&book, &fits, TEXTS), &options).0;
        assert!(simply.is_none_or(|read| read.is_err()), "{book}");
    }
}

fn within(name: &str, contents: impl Iterator<Item = String>) -> String {
    contents.map(|content| format!("<{name}>{content}</{name}>")).collect::<Vec<_>>().concat()
}

proptest! {
    /// INP-11: what is read simply is what the library reads, whatever else the sheet is.
    #[test]
    fn what_is_read_simply_is_what_the_library_reads(
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(CELLS), 0..4), 0..5),
        odd in prop::collection::vec(prop::sample::select(ODD), 0..2),
        texts in prop::collection::vec(prop::sample::select(WRITTEN), 3),
        behind in prop::sample::select(&["", "\n", "<a/>", "<mergeCells/>", "<a>b</a>"][..]),
    ) {
        let mut sheet = sheet("", &within("row", rows.iter().map(|cells| cells.concat())), behind);
        for (piece, at) in odd {
            let at = sheet.char_indices().map(|(place, _)| place).nth(at % sheet.chars().count()).unwrap_or_default();
            sheet.insert_str(at, piece);
        }
        for (number, text) in texts.iter().enumerate() {
            sheet = sheet.replace(&format!("TEXT{number}"), text);
        }
        let table: String = within("si", texts.iter().map(|text| format!("<t>{text}</t>")));
        let (simply, by_library) = both(&workbook(BOOK, &sheet, &format!("<sst>{table}</sst>")), &headless());
        match simply {
            Some(Ok(simply)) => prop_assert_eq!(Ok(simply), by_library, "{}", sheet),
            // It may have more than one flaw, and either reader names the one that it sees first.
            Some(Err(_)) => prop_assert!(by_library.is_err(), "{}", sheet),
            None => {}
        }
    }
}

/// What texts may be written as.
const WRITTEN: &[&str] = &[
    "anna@example.com",
    "Tide7",
    " Tide7\n",
    "a&amp;b",
    "a&lt;",
    "&#65;",
    "_x0041_",
    "_a",
    "",
    "a\u{a0}",
    "&quot",
    "a\rb",
    "a>b",
    "\u{e9}",
];

/// What rows may be made of.
const CELLS: &[&str] = &[
    "<c t=\"s\"><v>0</v></c>",
    "<c t=\"s\"><v>1</v></c>",
    "<c t=\"s\"><v>2</v></c>",
    "<c t=\"s\"><v>3</v></c>",
    "<c t=\"inlineStr\"><is><t>TEXT0</t></is></c>",
    "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">TEXT1</t></is></c>",
    "<c r=\"A1\" t=\"inlineStr\"><is><t>TEXT2</t></is></c>",
    "<c r=\"B2\" s=\"1\" t=\"s\"><v>1</v></c>\n",
    "<c/>",
    "<c s=\"1\"></c>",
    "<c><v>1</v></c>",
    "<c r=\"C1\"/>",
];

/// What may stand somewhere in a sheet besides.
const ODD: &[(&str, usize)] = &[
    ("<", 90),
    (">", 120),
    ("&", 150),
    (" ", 97),
    ("<a/>", 101),
    ("<!-- -->", 104),
    ("<row r=\"3\"/>", 85),
    ("</row>", 133),
    ("</sheetData>", 160),
    ("\"", 110),
    ("1", 140),
];
