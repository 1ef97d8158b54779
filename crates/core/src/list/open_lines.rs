//! What an ODS spreadsheet says of whole rows and columns (`OpenDocument` 1.3, part 3, 9.1 and 19.7: visibility and spans).

use quick_xml::events::BytesStart;

use super::error::ListErrorKind;
use super::marks::Marks;
use super::markup::{number, plain, raw};

/// What a sheet says of its rows and columns, as far as it was read.
#[derive(Default)]
pub(super) struct Lines {
    name: Option<String>,
    columns: u64,
    marks: Marks,
}

/// What a row says of itself and of its cells.
#[derive(Default)]
pub(super) struct Line {
    hidden: bool,
    /// The first column of cells that are merged, the last, and how many rows they take.
    merged: Vec<(u64, u64, u64)>,
}

/// How many rows and columns a cell takes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    rows: u32,
    columns: u32,
}

impl Lines {
    pub(super) fn begin(table: &BytesStart<'_>) -> Result<Self, ListErrorKind> {
        Ok(Self { name: plain(table, "table:name")?, ..Self::default() })
    }

    /// Adds the next columns, so many of them.
    pub(super) fn add_columns(&mut self, tag: &BytesStart<'_>, repeats: u64) -> Result<(), ListErrorKind> {
        let next = self.columns.saturating_add(repeats);
        if is_hidden(tag)? && repeats > 0 {
            self.marks.hide_columns(index(self.columns), index(next - 1));
        }
        self.columns = next;
        Ok(())
    }

    /// Adds what stands in these rows, the last one excluded.
    pub(super) fn add_row(&mut self, line: &Line, (first, next): (u64, u64)) {
        let last = next.saturating_sub(1).max(first);
        if line.hidden {
            self.marks.hide_rows(index(first), index(last));
        }
        for (left, right, rows) in &line.merged {
            let bottom = last.saturating_add(rows.saturating_sub(1));
            self.marks.merge((index(first), index(bottom)), (index(*left), index(*right)));
        }
    }

    /// The sheet's name and what it said.
    pub(super) fn end(self) -> Option<(String, Marks)> {
        Some((self.name?, self.marks))
    }
}

impl Line {
    pub(super) fn begin(row: &BytesStart<'_>) -> Result<Self, ListErrorKind> {
        Ok(Self { hidden: is_hidden(row)?, merged: Vec::new() })
    }

    /// Adds the cell of these columns, the last one excluded.
    pub(super) fn add(&mut self, span: Span, (start, end): (u64, u64)) {
        if span.rows > 1 || span.columns > 1 {
            let right = end.max(start + 1).saturating_add(u64::from(span.columns)).saturating_sub(2);
            self.merged.push((start, right, u64::from(span.rows)));
        }
    }
}

impl Span {
    pub(super) fn of(cell: &BytesStart<'_>) -> Result<Self, ListErrorKind> {
        let span = |name| Ok::<u32, ListErrorKind>(number(cell, name)?.unwrap_or(1));
        Ok(Self { rows: span("table:number-rows-spanned")?, columns: span("table:number-columns-spanned")? })
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> Result<bool, ListErrorKind> {
    Ok(raw(tag, "table:visibility")?.is_some_and(|visibility| matches!(&*visibility, "collapse" | "filter")))
}

fn index(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
