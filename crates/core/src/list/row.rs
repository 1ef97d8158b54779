//! One row as a reader gives it: its number, and the cells that hold something.

use std::ops::Range;

use zeroize::Zeroizing;

/// The longest text that a cell may hold, in characters: Excel's own limit.
pub(super) const LONGEST_TEXT: usize = 32_767;

/// What a cell holds.
#[derive(Clone, Copy, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Number(f64),
    /// A number that is shown otherwise than it is, for instance with zeros before it.
    Dressed,
    /// A date, a time or a duration.
    Moment,
    Truth,
    /// A formula error such as `#REF!`.
    Error,
    /// A formula, whatever value was stored with it.
    Formula,
}

/// One row. Readers fill one and the same again and again; all text stands in one buffer, which is wiped in the end.
#[derive(Default)]
pub(super) struct Row {
    /// The number that the user sees, from 1.
    pub(super) number: u32,
    /// The last line that the row takes; only a record of a text list can take more than one.
    pub(super) until: u32,
    cells: Vec<(u32, Content)>,
    text: Zeroizing<String>,
}

enum Content {
    Text(Range<usize>),
    Number(f64),
    Dressed,
    Moment,
    Truth,
    Error,
    Formula,
}

impl Row {
    /// Empties the row for another one.
    pub(super) fn begin(&mut self, number: u32, until: u32) {
        self.number = number;
        self.until = until;
        self.cells.clear();
        self.text.clear();
    }

    /// Adds a cell; columns come in ascending order. Empty cells leave no trace.
    pub(super) fn push(&mut self, column: u32, cell: Cell<'_>) {
        let content = match cell {
            Cell::Empty | Cell::Text("") => return,
            Cell::Text(text) => {
                let start = self.text.len();
                self.make_room(text.len());
                self.text.push_str(text);
                Content::Text(start..self.text.len())
            }
            Cell::Number(number) => Content::Number(number),
            Cell::Dressed => Content::Dressed,
            Cell::Moment => Content::Moment,
            Cell::Truth => Content::Truth,
            Cell::Error => Content::Error,
            Cell::Formula => Content::Formula,
        };
        self.cells.push((column, content));
    }

    /// A text that grows by itself leaves its old place in memory as it was.
    fn make_room(&mut self, more: usize) {
        let needed = self.text.len().saturating_add(more);
        if needed > self.text.capacity() {
            let mut roomier = Zeroizing::new(String::with_capacity(needed.saturating_mul(2)));
            roomier.push_str(&self.text);
            self.text = roomier;
        }
    }

    /// What stands in a column.
    pub(super) fn cell(&self, column: u32) -> Cell<'_> {
        // Where none before it is empty, a column's cell stands at its own place.
        let own =
            usize::try_from(column).ok().and_then(|place| self.cells.get(place)).filter(|(own, _)| *own == column);
        let found = own.or_else(|| {
            let place = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
            self.cells.get(place)
        });
        found.map_or(Cell::Empty, |(_, content)| self.seen(content))
    }

    /// The cells that hold something, from left to right.
    pub(super) fn cells(&self) -> impl DoubleEndedIterator<Item = (u32, Cell<'_>)> {
        self.cells.iter().map(|(column, content)| (*column, self.seen(content)))
    }

    /// Whether no cell holds more than white space.
    pub(super) fn is_blank(&self) -> bool {
        self.cells().all(|(_, cell)| cell.is_blank())
    }

    /// How many columns the row takes, to the last cell that is not blank.
    pub(super) fn width(&self) -> u32 {
        self.cells().rev().find(|(_, cell)| !cell.is_blank()).map_or(0, |(column, _)| column + 1)
    }

    fn seen(&self, content: &Content) -> Cell<'_> {
        match content {
            Content::Text(range) => Cell::Text(&self.text[range.clone()]),
            Content::Number(number) => Cell::Number(*number),
            Content::Dressed => Cell::Dressed,
            Content::Moment => Cell::Moment,
            Content::Truth => Cell::Truth,
            Content::Error => Cell::Error,
            Content::Formula => Cell::Formula,
        }
    }
}

impl<'a> Cell<'a> {
    /// Its text; empty where it holds none.
    pub(super) fn text(self) -> &'a str {
        if let Cell::Text(text) = self { text } else { "" }
    }

    /// Whether the cell holds no more than white space.
    pub(super) fn is_blank(self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_what_was_put_in_and_nothing_of_the_row_before() {
        let mut row = Row::default();
        row.begin(1, 1);
        row.push(0, Cell::Text("old"));
        row.begin(2, 2);
        row.push(1, Cell::Text("a"));
        row.push(3, Cell::Text(""));
        row.push(4, Cell::Number(7.0));
        row.push(9, Cell::Text(" "));
        assert_eq!([row.cell(0), row.cell(1), row.cell(3)], [Cell::Empty, Cell::Text("a"), Cell::Empty]);
        assert_eq!(row.cell(4), Cell::Number(7.0));
        assert_eq!(row.width(), 5);
        assert!(!row.is_blank());
    }

    #[test]
    fn spaces_alone_make_a_blank_row() {
        let mut row = Row::default();
        row.begin(1, 1);
        row.push(2, Cell::Text(" \u{a0}"));
        assert!(row.is_blank());
    }
}
