//! Reads a binary workbook of Excel 2007 or later, cell by cell.

use std::io::ErrorKind;

use calamine::{Reader, Xlsb, XlsbError};

use super::assemble::Assembly;
use super::binary_parts;
use super::budget::{self, Budget};
use super::error::ListErrorKind;
use super::parts::damaged;
use super::sheets;
use super::source::Input;
use super::understand::Understanding;
use super::value::seen;
use crate::failpoint::failpoint;

/// Reads the list from its sheet.
pub(super) fn read(mut input: Input<'_>, length: u64, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    let parts = budget::check(&mut input, length, Budget::default())?;
    let mut marks = binary_parts::look_through(&mut input, &parts)?;
    let mut workbook = Xlsb::new(input).map_err(broken)?;
    let all = workbook.sheets_metadata().to_vec();
    let wanted = list.options().sheet.as_deref();
    let name = sheets::choose(&all, wanted, &mut list.facts, |name| holds_something(&mut workbook, name))?;
    list.marks = marks.remove(&name).ok_or_else(damaged)?;
    let formulas = formulas(&mut workbook, &name)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
    let mut rows = Assembly::with_formulas(list, formulas);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let held = seen(cell.get_value());
        failpoint("list-xlsb", held.text().as_bytes());
        rows.push(cell.get_position(), held)?;
    }
    rows.finish()
}

/// Where formulas stand: their values come by another way, and some have none.
fn formulas(workbook: &mut Xlsb<Input<'_>>, name: &str) -> Result<Vec<(u32, u32)>, ListErrorKind> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut places = Vec::new();
    while let Some(cell) = cells.next_formula().map_err(broken)? {
        places.push(cell.get_position());
    }
    Ok(places)
}

/// Whether a sheet has a cell that holds something; it is read no further than there.
fn holds_something(workbook: &mut Xlsb<Input<'_>>, name: &str) -> Result<bool, ListErrorKind> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        if !seen(cell.get_value()).is_blank() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The library's own words may hold a cell's content, so none of them is passed on.
fn broken(error: XlsbError) -> ListErrorKind {
    match error {
        XlsbError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => damaged(),
        XlsbError::Io(error) => ListErrorKind::Unreadable(error),
        XlsbError::Password => ListErrorKind::Protected,
        _ => ListErrorKind::Damaged("its parts do not fit together"),
    }
}
