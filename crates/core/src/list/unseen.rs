//! What of a list the sheet does not show as it is: hidden rows and columns, and merged cells.

use super::facts::{Field, ListFacts};
use super::flaw::Flaw;
use super::layout::Layout;
use super::marks::{Marks, MergedRows};
use crate::place::column_letters;

/// What of a list's rows the sheet does not show as it is.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    /// From 0, in order and apart.
    hidden: Vec<(u32, u32)>,
    merged: Vec<MergedRows>,
    /// The hidden rows that were met, and the number of the first.
    met: usize,
    first: u32,
}

impl Unseen {
    /// Keeps of a sheet's marks what matters to these columns, and tells of those that are hidden.
    pub(super) fn new(marks: &Marks, layout: &Layout, facts: &mut ListFacts) -> Self {
        let columns: Vec<u32> = layout.taken().iter().map(|taken| taken.column).collect();
        for taken in layout.taken().iter().filter(|taken| marks.hides_column(taken.column)) {
            let (letters, noun) = (column_letters(taken.column), taken.field.noun());
            facts.warnings.push(format!("column {letters}, which was taken for {noun}, is hidden in the sheet"));
        }
        let unseen = Self { hidden: marks.hidden_rows(), merged: marks.merged_rows(&columns), ..Self::default() };
        if let Some(row) = facts.header_row.filter(|row| unseen.hides(*row)) {
            facts.warnings.push(format!("row {row}, which was taken for the header, is hidden in the sheet"));
        }
        unseen
    }

    /// Whether the row of this number is hidden.
    pub(super) fn hides(&self, row: u32) -> bool {
        at(&self.hidden, row, |(first, last)| (*first, *last)).is_some()
    }

    /// What merged cells that reach into the row of this number are of.
    pub(super) fn merged(&self, row: u32, layout: &Layout) -> Option<Flaw> {
        let (.., column) = at(&self.merged, row, |(first, last, _)| (*first, *last))?;
        let taken = layout.taken().iter().find(|taken| taken.column == *column);
        Some(Flaw::Merged(taken.map_or(Field::Email, |taken| taken.field)))
    }

    /// Counts a row that counts for something.
    pub(super) fn meet(&mut self, row: u32) {
        if self.hides(row) {
            self.first = if self.met == 0 { row } else { self.first };
            self.met += 1;
        }
    }

    /// Tells of the rows that were met.
    pub(super) fn tell(&self, taken: bool, facts: &mut ListFacts) {
        facts.hidden_rows = self.met;
        let (met, first) = (self.met, self.first);
        match (met, taken) {
            (0, _) => {}
            (_, true) => facts.warnings.push(format!(
                "{met} row(s) that are hidden in the sheet were taken, since --include-hidden says so; the first is row {first}"
            )),
            (_, false) => facts.warnings.push(format!(
                "{met} row(s) are hidden in the sheet, by hand or by a filter; the first is row {first}"
            )),
        }
    }
}

/// The range that holds the row of this number, which counts from 1.
fn at<T>(ranges: &[T], row: u32, bounds: impl Fn(&T) -> (u32, u32)) -> Option<&T> {
    let row = row.checked_sub(1)?;
    let after = ranges.partition_point(|range| bounds(range).0 <= row);
    ranges[..after].last().filter(|range| bounds(range).1 >= row)
}
