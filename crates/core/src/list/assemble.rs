//! From single cells, as workbooks give them, to rows.

use std::iter::Peekable;
use std::vec;

use super::error::ListErrorKind;
use super::row::{Cell, Row};
use super::understand::Understanding;

/// Excel's own size of a sheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// Puts a sheet's cells together to rows and gives each to the list when it is whole.
pub(super) struct Assembly<'a, 'b> {
    list: &'a mut Understanding<'b>,
    row: Row,
    /// Where the next cell may stand.
    next: (u32, u32),
    /// Where formulas stand that have not been passed yet, in order.
    formulas: Peekable<vec::IntoIter<(u32, u32)>>,
}

impl<'a, 'b> Assembly<'a, 'b> {
    pub(super) fn new(list: &'a mut Understanding<'b>) -> Self {
        Self::with_formulas(list, Vec::new())
    }

    /// For formats whose values come without their formulas: a cell at one of these places is a formula, value or not.
    pub(super) fn with_formulas(list: &'a mut Understanding<'b>, formulas: Vec<(u32, u32)>) -> Self {
        Self { list, row: Row::default(), next: (0, 0), formulas: formulas.into_iter().peekable() }
    }

    /// Adds the cell at `(row, column)`, from 0, row by row and from left to right.
    pub(super) fn push(&mut self, place: (u32, u32), cell: Cell<'_>) -> Result<(), ListErrorKind> {
        while let Some(formula) = self.formulas.next_if(|formula| *formula < place) {
            self.add(formula, Cell::Formula)?;
        }
        let cell = self.formulas.next_if(|formula| *formula == place).map_or(cell, |_| Cell::Formula);
        self.add(place, cell)
    }

    /// Ends the sheet.
    pub(super) fn finish(mut self) -> Result<(), ListErrorKind> {
        while let Some(formula) = self.formulas.next() {
            self.add(formula, Cell::Formula)?;
        }
        self.hand_over()
    }

    fn add(&mut self, (row, column): (u32, u32), cell: Cell<'_>) -> Result<(), ListErrorKind> {
        if (row, column) < self.next {
            return Err(ListErrorKind::Damaged("its cells are not in order"));
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(ListErrorKind::Damaged("it has a cell outside the sheet"));
        }
        if self.row.number != row + 1 {
            self.hand_over()?;
            self.row.begin(row + 1, row + 1);
        }
        self.next = (row, column + 1);
        self.row.push(column, cell);
        Ok(())
    }

    fn hand_over(&mut self) -> Result<(), ListErrorKind> {
        if self.row.number == 0 { Ok(()) } else { self.list.take(&self.row) }
    }
}
