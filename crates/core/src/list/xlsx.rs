//! Reads a workbook of Excel 2007 or later, cell by cell, never as a whole.

use std::collections::HashSet;
use std::io::ErrorKind;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zeroize::Zeroize;

use super::assemble::Assembly;
use super::budget::{self, Budget};
use super::error::ListErrorKind;
use super::numbers::dressed;
use super::part::Part;
use super::parts::damaged;
use super::row::Cell;
use super::sheet_marks;
use super::sheets;
use super::simple;
use super::source::Input;
use super::texts;
use super::understand::Understanding;
use super::value::seen;
use crate::failpoint::failpoint;

/// Reads the list from its sheet.
pub(super) fn read(mut input: Input<'_>, length: u64, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    let parts = budget::check(&mut input, length, Budget::default())?;
    texts::check(&mut input)?;
    let mut simple = Understanding::new(list.options(), list.facts.clone());
    if simple::read(&mut input, &parts, &mut simple)? {
        *list = simple;
        return Ok(());
    }
    read_by_library(input, &parts, list)
}

/// Reads any list, cell by cell as the library gives them, once nothing in the workbook can lead the library astray.
pub(super) fn read_by_library(
    mut input: Input<'_>,
    parts: &[Part],
    list: &mut Understanding<'_>,
) -> Result<(), ListErrorKind> {
    let mut sheets = sheet_marks::of_workbook(&mut input, parts, list.options().sheet.as_deref())?;
    let mut workbook = Xlsx::new(input).map_err(broken)?;
    let all = workbook.sheets_metadata().to_vec();
    let wanted = list.options().sheet.as_deref();
    let name = sheets::choose(&all, wanted, &mut list.facts, |name| holds_something(&mut workbook, name))?;
    let looked = sheets.remove(&name).ok_or_else(damaged)?;
    list.marks = looked.marks;
    // Without --allow-numeric no number is taken, whatever its looks.
    let dressed =
        if list.options().allow_numeric { dressed(&mut workbook, &name).map_err(broken)? } else { HashSet::new() };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
    let mut rows = Assembly::new(list);
    let mut before = None;
    loop {
        let cell = match cells.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(XlsxError::CellError(_)) => {
                let place = looked.errors.iter().copied().find(|place| Some(*place) > before).ok_or_else(damaged)?;
                rows.push(place, Cell::Error)?;
                before = Some(place);
                continue;
            }
            Err(error) => return Err(broken(error)),
        };
        let held = match seen(&cell.value) {
            _ if cell.formula.is_some() => Cell::Formula,
            Cell::Number(_) if dressed.contains(&cell.pos) => Cell::Dressed,
            other => other,
        };
        failpoint("list-xlsx", held.text().as_bytes());
        rows.push(cell.pos, held)?;
        before = Some(cell.pos);
        if let DataRef::String(mut text) = cell.value {
            text.zeroize();
        }
    }
    rows.finish()
}

/// Whether a sheet has a cell that holds something; it is read no further than there.
fn holds_something(workbook: &mut Xlsx<Input<'_>>, name: &str) -> Result<bool, ListErrorKind> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(Some(cell)) if cell.formula.is_none() && seen(&cell.value).is_blank() => {}
            // An error of a later Excel is something, too.
            Ok(Some(_)) | Err(XlsxError::CellError(_)) => return Ok(true),
            Ok(None) => return Ok(false),
            Err(error) => return Err(broken(error)),
        }
    }
}

/// The library's own words may hold a cell's content, so none of them is passed on.
fn broken(error: XlsxError) -> ListErrorKind {
    match error {
        XlsxError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => damaged(),
        XlsxError::Io(error) => ListErrorKind::Unreadable(error),
        XlsxError::Password => ListErrorKind::Protected,
        XlsxError::Zip(_) => ListErrorKind::Damaged("it is no proper zip file"),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => {
            ListErrorKind::Damaged("its XML is malformed")
        }
        _ => ListErrorKind::Damaged("its parts do not fit together"),
    }
}
