//! Reads workbooks of Excel 97 to 2003 and ODS spreadsheets: formats that the library takes as a whole.

use std::io::Read as _;

use calamine::{Data, Ods, OdsError, Range, Reader, Xls, XlsError, Xlsx, XlsxError};

use super::assemble::Assembly;
use super::budget::{self, Budget};
use super::error::ListErrorKind;
use super::far_cells;
use super::marks::Marks;
use super::parts::{Parts, damaged};
use super::repeats;
use super::sheets;
use super::source::Input;
use super::understand::Understanding;
use super::value::seen_whole;
use crate::failpoint::failpoint;

/// The largest workbook of these formats; it is held in memory several times.
const LONGEST: u64 = 128 << 20;

/// Reads the list from a workbook of Excel 97 to 2003.
pub(super) fn read_xls(mut input: Input<'_>, length: u64, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    if length > LONGEST {
        return Err(ListErrorKind::TooBig("it has more than 128 MiB"));
    }
    let marks = far_cells::check(&mut input, length)?;
    let trouble = match Xls::new(&mut input).map_err(broken_xls) {
        Ok(mut workbook) => {
            let marks = |_: &str, index: usize| marks.get(index).cloned();
            return read_sheet(&mut workbook, list, marks, broken_xls);
        }
        Err(trouble) => trouble,
    };
    // A protected workbook of a later Excel hides in the same container.
    match Xlsx::new(input) {
        Err(XlsxError::Password) => Err(ListErrorKind::Protected),
        _ => Err(trouble),
    }
}

/// Reads the list from an ODS spreadsheet.
pub(super) fn read_ods(mut input: Input<'_>, length: u64, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    let parts = budget::check(&mut input, length, Budget::default())?;
    refuse_encrypted(&mut Parts::new(&mut input, &parts)?)?;
    let marks = repeats::check(&mut input, length)?;
    let mut workbook = Ods::new(input).map_err(broken_ods)?;
    read_sheet(&mut workbook, list, |name, _| marks.get(name).cloned(), broken_ods)
}

/// A spreadsheet that was saved with a password says so in its list of parts (`OpenDocument` 1.3, part 2, 4.8).
fn refuse_encrypted(parts: &mut Parts<'_, '_>) -> Result<(), ListErrorKind> {
    const MARK: &[u8] = b"encryption-data";
    let Some(manifest) = parts.find("META-INF/manifest.xml") else { return Ok(()) };
    let mut text = Vec::new();
    parts.open(manifest)?.read_to_end(&mut text)?;
    if memchr::memmem::find(&text, MARK).is_some() { Err(ListErrorKind::Protected) } else { Ok(()) }
}

fn read_sheet<R: std::io::Read + std::io::Seek, W: Reader<R>>(
    workbook: &mut W,
    list: &mut Understanding<'_>,
    marks: impl Fn(&str, usize) -> Option<Marks>,
    broken: fn(W::Error) -> ListErrorKind,
) -> Result<(), ListErrorKind> {
    let all = workbook.sheets_metadata().to_vec();
    let wanted = list.options().sheet.as_deref();
    let name = sheets::choose(&all, wanted, &mut list.facts, |name| {
        let values = workbook.worksheet_range(name).map_err(broken)?;
        Ok(values.used_cells().any(|(.., value)| !seen_whole(value).is_blank()))
    })?;
    let index = all.iter().position(|sheet| sheet.name == name).ok_or_else(damaged)?;
    list.marks = marks(&name, index).ok_or_else(damaged)?;
    let values: Range<Data> = workbook.worksheet_range(&name).map_err(broken)?;
    let formulas = workbook.worksheet_formula(&name).map_err(broken)?;
    let mut rows = Assembly::with_formulas(list, places(&formulas)?);
    let start = values.start().unwrap_or_default();
    for (row, column, value) in values.used_cells() {
        let held = seen_whole(value);
        failpoint("list-grid", held.text().as_bytes());
        rows.push(place(start, row, column)?, held)?;
    }
    rows.finish()
}

/// Where formulas stand, in order.
fn places(formulas: &Range<String>) -> Result<Vec<(u32, u32)>, ListErrorKind> {
    let start = formulas.start().unwrap_or_default();
    formulas.used_cells().map(|(row, column, _)| place(start, row, column)).collect()
}

fn place(start: (u32, u32), row: usize, column: usize) -> Result<(u32, u32), ListErrorKind> {
    let beyond = |_| ListErrorKind::Damaged("it has a cell outside the sheet");
    let add = |start: u32, more: usize| u32::try_from(more).map(|more| start.saturating_add(more)).map_err(beyond);
    Ok((add(start.0, row)?, add(start.1, column)?))
}

fn broken_xls(error: XlsError) -> ListErrorKind {
    match error {
        XlsError::Io(error) => ListErrorKind::Unreadable(error),
        XlsError::Password => ListErrorKind::Protected,
        _ => ListErrorKind::Damaged("its parts do not fit together"),
    }
}

fn broken_ods(error: OdsError) -> ListErrorKind {
    match error {
        OdsError::Io(error) => ListErrorKind::Unreadable(error),
        OdsError::Password => ListErrorKind::Protected,
        _ => ListErrorKind::Damaged("its parts do not fit together"),
    }
}
