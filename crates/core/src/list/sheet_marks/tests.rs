//! What is found in a sheet, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::super::glance::Glance;
use super::*;

/// INP-17, INP-19: rows hidden by hand or by a filter, hidden columns, merged cells; with or without numbers, prefixes and order.
#[test]
fn hidden_and_merged_things_are_seen() {
    let marks = look_through(
        &br#"<x:worksheet><x:cols><x:col min="3" max="4" hidden="1"/><x:col min="1" max="1" hidden="0"/></x:cols><x:sheetData>
        <x:row r="2" hidden="1"/><x:row><x:c r="A3"/></x:row><x:row hidden="true"><x:c r="A9"/></x:row><x:row r="20"/></x:sheetData>
        <x:autoFilter ref="A1:C20"/><x:mergeCells><x:mergeCell ref="B7:C5"/><x:mergeCell ref="A1"/></x:mergeCells></x:worksheet>"#[..],
    )
    .unwrap()
    .marks;
    assert_eq!(marks.hidden_rows(), [(1, 1), (3, 3), (8, 8)]);
    assert_eq!([0, 1, 2, 3, 4].map(|column| marks.hides_column(column)), [false, false, true, true, false]);
    assert_eq!((marks.merged_rows(&[2]), marks.merged_rows(&[0])), (vec![(4, 6, 2)], vec![]));
}

#[test]
fn what_cannot_be_understood_is_refused() {
    for sheet in [
        r#"<row r="0" hidden="1"/>"#,
        r#"<row hidden="1"><c r="A99999999"/></row>"#,
        r#"<col hidden="1" min="0" max="3"/>"#,
        r#"<col hidden="1"/>"#,
        r#"<mergeCell ref="A1:B"/>"#,
        "<row hidden=1/>",
    ] {
        assert!(look_through(sheet.as_bytes()).is_err(), "{sheet}");
    }
}

/// INP-11: what the library would take for another text of the table, or for half a number, is refused.
#[test]
fn values_are_what_they_say() {
    for (cell, fits) in [
        (r#"<c t="s"><v>12</v></c>"#, true),
        (r#"<c t="s"><v></v></c>"#, true),
        (r#"<c t="s"><f>A1</f><v>3</v></c>"#, true),
        ("<c><v>-1.5E3</v></c>", true),
        (r#"<c t="str"><v>a&amp;b<!-- -->c</v></c>"#, true),
        (r#"<c t="inlineStr"><is><t><![CDATA[a]]>b</t></is></c>"#, true),
        (r#"<c t="s"><v>-1</v></c>"#, false),
        (r#"<c t="s"><v> 1 </v></c>"#, false),
        (r#"<c t="s"><v>99999999999999999999</v></c>"#, false),
        (r#"<c t="s"><v>1<!-- -->0</v></c>"#, false),
        (r#"<c t="s"><v>1&#48;</v></c>"#, false),
        (r#"<c t="s"><v><![CDATA[1]]></v></c>"#, false),
        (r#"<c t="s"><v>1</v><v>2</v></c>"#, false),
        (r#"<c t="s"><v>1<x/></v></c>"#, false),
        ("<c><v>1<!-- -->0</v></c>", false),
        (r#"<c t="str"><v>a<![CDATA[b]]></v></c>"#, false),
        (r#"<c t="s" t="n"><v>1</v></c>"#, false),
    ] {
        let sheet = format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
        assert_eq!(look_through(sheet.as_bytes()).is_ok(), fits, "{cell}");
    }
    assert!(look_through(&b"<worksheet><sheetData/><sheetData/></worksheet>"[..]).is_err());
}

proptest! {
    /// INP-11, INP-17: a sheet that is passed over as plain has nothing that would have been found in it.
    #[test]
    fn nothing_is_found_in_plain_sheets(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", pieces.concat());
        let mut glance = Glance::new();
        glance.over(sheet.as_bytes());
        if glance.ended() {
            match look_through(sheet.as_bytes()) {
                Ok(looked) => prop_assert!(looked.marks == Marks::default() && looked.errors.is_empty(), "{}", sheet),
                // Columns whose attributes are broken, but not hidden.
                Err(error) => prop_assert!(error.to_string() == malformed().to_string() && sheet.contains("<col "), "{error}: {sheet}"),
            }
        }
    }
}

/// What a sheet may be made of.
const PIECES: &[&str] = &[
    "<row>",
    "</row>",
    "<c>",
    "</c>",
    "<c t=\"s\">",
    "<c t=\"e\">",
    "<c t=\"str\">",
    "<c r=\"A1\"/>",
    "<v>",
    "</v>",
    "1",
    "23",
    "-1",
    " ",
    "<v>1</v></c>",
    "<c t=\"s\"><v>",
    "<is><t>",
    "</t></is>",
    "<row r=\"7\"/>",
    "<row hidden=\"1\">",
    " hidden=\"1\"",
    "<row ",
    ">",
    "/>",
    "<",
    "\"",
    "'",
    "a=",
    "&amp;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<x:row",
    "<x:v>",
    "<col min=\"1\" max=\"2\"",
    "<mergeCell ",
    "ref=\"A1:B2\"",
    "</sheetData>",
    "<sheetData>",
    "<sheetData/>",
    "<f>",
    "</f>",
];

/// INP-10: open elements take room, however few bytes each has.
#[test]
fn elements_in_one_another_without_end_are_refused() {
    assert!(look_through("<a>".repeat(200).as_bytes()).is_ok());
    assert!(look_through("<a>".repeat(300).as_bytes()).unwrap_err().to_string().contains("without end"));
}

#[test]
fn errors_are_found_where_they_stand() {
    let sheet = r#"<sheetData><row r="3"><c/><c t="e"><v>#SPILL!</v></c><c r="D3" t="e"/></row><row><c t="e"/></row></sheetData>"#;
    assert_eq!(look_through(sheet.as_bytes()).unwrap().errors, [(2, 1), (2, 3), (3, 0)]);
}
