//! Reads what a sheet of a workbook of Excel 2007 or later says of whole rows and columns (ECMA-376, part 1, 18.3.1: `row`, `col`,
//! `mergeCell`). The library passes over it.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::book;
use super::error::ListErrorKind;
use super::markup::{is_set, malformed, number, raw, tags};
use super::marks::{Marks, reference};
use super::part::Part;
use super::parts::Parts;
use super::source::Input;

/// What each sheet says, by its name; `wanted` is the only one that matters, where the user names it. Only those sheets are read that have
/// the words for it somewhere.
pub(super) fn of_workbook(
    input: &mut Input<'_>,
    counted: &[Part],
    wanted: Option<&str>,
) -> Result<HashMap<String, Marks>, ListErrorKind> {
    let wanted = wanted.map(str::to_lowercase);
    let mut parts = Parts::new(input, counted)?;
    let mut found = HashMap::new();
    for (name, part) in book::sheets(&mut parts)? {
        let matters = wanted.as_ref().is_none_or(|wanted| *wanted == name.to_lowercase());
        let marks = match part.filter(|part| matters && part.marked) {
            Some(part) => read(parts.open(part)?)?,
            None => Marks::default(),
        };
        found.entry(name).or_insert(marks);
    }
    Ok(found)
}

fn read(sheet: impl BufRead) -> Result<Marks, ListErrorKind> {
    let mut marks = Marks::default();
    let mut row = 0;
    let mut in_hidden_row = false;
    tags(sheet, |element, tag| {
        match (element, tag) {
            ("row", Some(tag)) => {
                row = number(tag, "r")?.map_or(Ok(row), |number| number.checked_sub(1).ok_or_else(malformed))?;
                in_hidden_row = is_set(tag, "hidden")?;
                if in_hidden_row {
                    marks.hide_rows(row, row);
                }
            }
            ("row", None) => {
                row = row.saturating_add(1);
                in_hidden_row = false;
            }
            ("c", Some(tag)) if in_hidden_row => hide_row_of(tag, &mut marks)?,
            ("col", Some(tag)) if is_set(tag, "hidden")? => hide_columns(tag, &mut marks)?,
            ("mergeCell", Some(tag)) => merge(tag, &mut marks)?,
            _ => {}
        }
        Ok(true)
    })?;
    Ok(marks)
}

/// A cell may say that it stands in another row than the one it is listed in, and the library believes it.
fn hide_row_of(cell: &BytesStart<'_>, marks: &mut Marks) -> Result<(), ListErrorKind> {
    if let Some(place) = raw(cell, "r")? {
        let (row, _) = reference(&place).ok_or_else(malformed)?;
        marks.hide_rows(row, row);
    }
    Ok(())
}

fn hide_columns(columns: &BytesStart<'_>, marks: &mut Marks) -> Result<(), ListErrorKind> {
    let from_0 = |name| number(columns, name)?.and_then(|column| column.checked_sub(1)).ok_or_else(malformed);
    marks.hide_columns(from_0("min")?, from_0("max")?);
    Ok(())
}

fn merge(area: &BytesStart<'_>, marks: &mut Marks) -> Result<(), ListErrorKind> {
    let Some(area) = raw(area, "ref")? else { return Ok(()) };
    let (first, last) = area.split_once(':').unwrap_or((&area, &area));
    let (first, last) = reference(first).zip(reference(last)).ok_or_else(malformed)?;
    let ordered = |one: u32, other: u32| (one.min(other), one.max(other));
    marks.merge(ordered(first.0, last.0), ordered(first.1, last.1));
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// INP-17, INP-19: rows hidden by hand or by a filter, hidden columns, merged cells; with or without numbers, prefixes and order.
    #[test]
    fn hidden_and_merged_things_are_seen() {
        let marks = read(
            &br#"<x:worksheet><x:cols><x:col min="3" max="4" hidden="1"/><x:col min="1" max="1" hidden="0"/></x:cols><x:sheetData>
            <x:row r="2" hidden="1"/><x:row><x:c r="A3"/></x:row><x:row hidden="true"><x:c r="A9"/></x:row><x:row r="20"/></x:sheetData>
            <x:autoFilter ref="A1:C20"/><x:mergeCells><x:mergeCell ref="B7:C5"/><x:mergeCell ref="A1"/></x:mergeCells></x:worksheet>"#[..],
        )
        .unwrap();
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
            assert!(read(sheet.as_bytes()).is_err(), "{sheet}");
        }
    }
}
