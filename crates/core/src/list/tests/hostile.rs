//! Workbooks that mean harm: none is read as something else than a spreadsheet shows, none fills the memory, and none opens anything.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use super::handmade::{parts, text, zipped};
use super::{lines, read_bytes};
use crate::list::ListOptions;

/// What is read of a workbook, or why it is not.
fn told(parts: &[(&str, Vec<u8>)]) -> Result<Vec<String>, String> {
    read_bytes(&zipped(parts), &ListOptions::default()).map(|list| lines(&list)).map_err(|error| error.to_string())
}

/// A header, and these rows below it.
fn rows(below: &str) -> String {
    format!(r#"<row r="1">{}{}</row>{below}"#, text("A1", "email"), text("B1", "password"))
}

/// A row that changes a mailbox.
fn change(row: u32) -> String {
    format!(
        r#"<row r="{row}">{}{}</row>"#,
        text(&format!("A{row}"), "a@example.com"),
        text(&format!("B{row}"), "secret")
    )
}

/// The parts of a workbook with a change in its second row, one of them with something in place of something else.
fn with(part: &str, old: &str, new: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = parts(&rows(&change(2)));
    let (_, content) = all.iter_mut().find(|(name, _)| *name == part).unwrap();
    let before = String::from_utf8(content.clone()).unwrap();
    assert!(before.contains(old), "{before}");
    *content = before.replacen(old, new, 1).into_bytes();
    all
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// INP-06: a size that a sheet says it has is of no matter; one that is none makes it damaged.
#[test]
fn a_size_that_a_sheet_says_it_has_makes_no_room() {
    for (size, read) in
        [("A1:XFD1048576", true), ("A1", true), ("C9:A1", false), ("A1:ZZZZ99999999999", false), ("A0", false)]
    {
        let sized = with(SHEET, "<sheetData>", &format!(r#"<dimension ref="{size}"/><sheetData>"#));
        assert_eq!(told(&sized).is_ok(), read, "{size}");
    }
}

/// INP-07: rows and cells come once and in order, and within the sheet.
#[test]
fn rows_and_cells_come_once_and_in_order() {
    let twice = format!("{}{}", change(2), change(2));
    let backwards = format!("{}{}", change(3), change(2));
    let beyond = change(1_048_577);
    let far = format!(r#"<row r="2">{}</row>"#, text("XFE2", "secret"));
    for below in [twice, backwards, beyond, far] {
        let error = told(&parts(&rows(&below))).unwrap_err();
        assert!(error.contains("damaged") && !error.contains("secret"), "{below}: {error}");
    }
    assert_eq!(told(&parts(&rows(&change(1_048_576)))).unwrap(), ["1048576 a@example.com = secret"]);
}

/// INP-08: no entity but those of XML itself means anything, and nothing is fetched.
#[test]
fn entities_are_neither_resolved_nor_multiplied() {
    let mut laughs = String::from(r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/hostname">"#);
    for (one, other) in ('b'..='j').zip('a'..) {
        write!(laughs, r#"<!ENTITY {one} "{}">"#, format!("&{other};").repeat(10)).unwrap();
    }
    laughs.push_str("]>");
    for entity in ["j", "f", "unknown"] {
        let mut bomb = with(SHEET, "secret", &format!("&{entity};"));
        let (_, sheet) = bomb.iter_mut().find(|(name, _)| *name == SHEET).unwrap();
        *sheet = [laughs.as_bytes(), sheet].concat();
        assert!(told(&bomb).unwrap_err().contains("damaged"), "{entity}");
    }
    assert_eq!(told(&with(SHEET, "secret", "&#x26;&lt;")).unwrap(), ["2 a@example.com = &<"]);
}

/// INP-09: what a relation leads to is sought among the parts of the workbook and nowhere else.
#[test]
fn relations_lead_nowhere_outside() {
    let folder = tempfile::tempdir().unwrap();
    let decoy = folder.path().join("sheet1.xml");
    let (.., sheet) = parts(&rows(&change(2))).pop().unwrap();
    std::fs::write(&decoy, sheet).unwrap();
    let decoy = decoy.to_str().unwrap();
    let relations = "xl/_rels/workbook.xml.rels";
    for target in [
        format!("../../../../../../../../../..{decoy}"),
        decoy.to_owned(),
        format!("file://{decoy}"),
        "http://127.0.0.1:9/sheet1.xml".to_owned(),
        r"..\..\sheet1.xml".to_owned(),
    ] {
        let led = with(relations, "worksheets/sheet1.xml", &target);
        assert!(told(&led).unwrap_err().contains("damaged"), "{target}");
    }
    let external = r#"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" TargetMode="External" Target="file:///etc/hostname"/></Relationships>"#;
    assert_eq!(told(&with(relations, "/></Relationships>", external)).unwrap(), ["2 a@example.com = secret"]);
}

/// INP-03: a table that says the same again and again is refused before a library holds it.
#[test]
fn a_table_of_texts_has_no_more_than_its_bytes_account_for() {
    for (table, refused) in [("<si/>".repeat(1_500_000), true), ("<si/>".repeat(100_000), false)] {
        let mut bomb = parts(&rows(&change(2)));
        bomb.push(("xl/SharedStrings.xml", format!("<sst>{table}</sst>").into_bytes()));
        match told(&bomb) {
            Err(error) => assert!(refused && error.contains("again and again"), "{error}"),
            Ok(_) => assert!(!refused),
        }
    }
}

/// INP-03: one long text of the table may not be the password of every row.
#[test]
fn one_text_is_not_the_password_of_every_row() {
    let mut below = String::new();
    for row in 2..2_000 {
        write!(
            below,
            r#"<row r="{row}">{}<c r="B{row}" t="s"><v>0</v></c></row>"#,
            text(&format!("A{row}"), &format!("u{row}@e.example"))
        )
        .unwrap();
    }
    let mut bomb = parts(&rows(&below));
    bomb.push(("xl/sharedStrings.xml", format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_767)).into_bytes()));
    assert!(told(&bomb).unwrap_err().contains("too long for so many rows"));
}

/// INP-10: what a library would write out for each of many is refused: styles with one long name, sheets that are one part.
#[test]
fn small_things_are_not_multiplied() {
    let mut many_styles = parts(&rows(&change(2)));
    let font = format!(r#"<fonts><font><name val="{}"/></font></fonts>"#, "n".repeat(30_000));
    let styles = format!("<styleSheet>{font}<cellXfs>{}</cellXfs></styleSheet>", r#"<xf fontId="0"/>"#.repeat(20_000));
    many_styles.push(("xl/styles.xml", styles.into_bytes()));
    assert!(told(&many_styles).unwrap_err().contains("styles are too long"));

    let sheet = r#"<sheet name="Sheet1" sheetId="1" r:id="rId1"/>"#;
    let twice = with("xl/workbook.xml", sheet, &sheet.repeat(2));
    assert!(told(&twice).unwrap_err().contains("one and the same"));
    let many = with("xl/workbook.xml", sheet, &sheet.repeat(1_001));
    assert!(told(&many).unwrap_err().contains("too many sheets"));
    let long = with("xl/workbook.xml", "Sheet1", &"n".repeat(256));
    assert!(told(&long).unwrap_err().contains("longer than any program allows"));
    let named = with(
        "xl/workbook.xml",
        "<sheets>",
        &format!("<definedNames>{}</definedNames><sheets>", "<definedName/>".repeat(100_000)),
    );
    assert!(told(&named).unwrap_err().contains("again and again"));
}

/// INP-12: an error of a later Excel is an error of its cell alone, and matters only in a column that is read.
#[test]
fn an_error_that_is_new_is_one_all_the_same() {
    let error = |place: &str| format!(r#"<c r="{place}" t="e"><v>#SPILL!</v></c>"#);
    let row = format!(r#"<row r="2">{}{}{}</row>{}"#, text("A2", "a@example.com"), error("B2"), error("C2"), change(3));
    let beside = rows(&row.replace(&error("B2"), &text("B2", "x")));
    assert_eq!(told(&parts(&rows(&row))).unwrap(), ["2 a@example.com ! cell-error@B", "3 a@example.com = secret"]);
    assert_eq!(told(&parts(&beside)).unwrap(), ["2 a@example.com ! conflict@A", "3 a@example.com ! conflict@A"]);
}

/// INP-24: a spreadsheet that was saved with a password.
#[test]
fn a_protected_spreadsheet_says_so() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let sheet = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml", manifest.to_vec()),
        ("content.xml", b"no XML at all".to_vec()),
    ];
    assert!(told(&sheet).unwrap_err().contains("protected by a password"));
}

/// INP-17: rows hidden in one sheet are not those of another, wherever the workbook keeps it.
#[test]
fn each_sheet_hides_its_own_rows() {
    let hidden = change(2).replacen("<row ", r#"<row hidden="1" "#, 1);
    let mut all = parts(&rows(&hidden));
    assert_eq!(told(&all).unwrap(), ["2 a@example.com ! hidden-row@"]);
    for (_, content) in &mut all {
        *content =
            String::from_utf8(content.clone()).unwrap().replace("xl/workbook.xml", "/deep/Book.xml").into_bytes();
    }
    let moved: Vec<(&str, Vec<u8>)> = all
        .into_iter()
        .map(|(name, content)| match name {
            "xl/workbook.xml" => ("deep/book.xml", content),
            "xl/_rels/workbook.xml.rels" => ("Deep/_rels/book.xml.RELS", content),
            SHEET => (r"deep\worksheets\sheet1.xml", content),
            other => (other, content),
        })
        .chain([("xl/none.xml", b"<none/>".to_vec())])
        .collect();
    assert_eq!(told(&moved).unwrap(), ["2 a@example.com ! hidden-row@"]);

    let second = r#"<sheet name="Other" sheetId="2" state="hidden" r:id="rId2"/></sheets>"#;
    let mut two = with("xl/workbook.xml", "</sheets>", second);
    let (_, relations) = two.iter_mut().find(|(name, _)| *name == "xl/_rels/workbook.xml.rels").unwrap();
    let both = String::from_utf8(relations.clone()).unwrap().replace(
        "</Relationships>",
        r#"<Relationship Id="rId2" Type="x/worksheet" Target="/xl/worksheets/other.xml"/></Relationships>"#,
    );
    *relations = both.into_bytes();
    let other = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows(&hidden));
    two.push(("xl/worksheets/other.xml", other.into_bytes()));
    assert_eq!(told(&two).unwrap(), ["2 a@example.com = secret"]);
}
