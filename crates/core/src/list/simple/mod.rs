//! A workbook of Excel 2007 or later whose list is written as simply as nearly all are: one sheet of nothing but texts, with nothing hidden, merged or
//! calculated in it. It is read here, straight from its bytes, several times as fast as by the library that reads workbooks, and in far less
//! memory. Whatever is not as simple as that is left to the library; what is read here is what the library would give.

mod pieces;
mod sheet;
mod stop;
mod table;
mod text;

use super::assemble::Assembly;
use super::book;
use super::error::ListErrorKind;
use super::part::Part;
use super::parts::Parts;
use super::sheets::LONGEST_NAME;
use super::source::Input;
use super::understand::Understanding;
use crate::text::safe;
use stop::Stop;
use table::Table;

/// Reads the list, if the workbook is so simple; where it says `false`, it is not, and the list was given an unknown part of it.
///
/// # Errors
///
/// Where no reader could read the list.
pub(super) fn read(
    input: &mut Input<'_>,
    counted: &[Part],
    list: &mut Understanding<'_>,
) -> Result<bool, ListErrorKind> {
    match try_to_read(input, counted, list) {
        Ok(()) => Ok(true),
        Err(Stop::NotSimple) => Ok(false),
        Err(Stop::Wrong(error)) => Err(error),
    }
}

fn try_to_read(input: &mut Input<'_>, counted: &[Part], list: &mut Understanding<'_>) -> Result<(), Stop> {
    let mut parts = Parts::new(input, counted)?;
    let book = book::read(&mut parts)?;
    let [sheet] = book.sheets.as_slice() else { return Err(Stop::NotSimple) };
    let is_wanted = |wanted: &str| sheet.name.to_lowercase() == wanted.to_lowercase();
    let fits = sheet.is_seen && sheet.name.chars().count() <= LONGEST_NAME;
    let (true, Some(part)) = (fits && list.options().sheet.as_deref().is_none_or(is_wanted), sheet.part) else {
        return Err(Stop::NotSimple);
    };
    let table = match book.texts {
        Some(texts) => Table::read(parts.open(texts)?, texts.tags)?,
        None => Table::default(),
    };
    list.facts.sheet = Some(safe(&sheet.name).into_owned());
    let mut rows = Assembly::new(list);
    sheet::read(parts.open(part)?, &table, &mut rows)?;
    Ok(rows.finish()?)
}

#[cfg(test)]
mod tests;
