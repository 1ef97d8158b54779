//! What a sheet says of whole rows and columns: which are hidden, and which cells are merged.

/// What a sheet says of its rows and columns, all from 0 and with their last ones.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Marks {
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Merged>,
}

/// Cells that are merged to one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Merged {
    rows: (u32, u32),
    columns: (u32, u32),
}

/// Rows that merged cells of the list reach into: the first, the last, and a column of theirs.
pub(super) type MergedRows = (u32, u32, u32);

impl Marks {
    /// Notes that rows are hidden.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some((start, end)) if *start <= first && first <= end.saturating_add(1) => *end = last.max(*end),
            _ => self.hidden_rows.push((first, last)),
        }
    }

    /// Notes that columns are hidden.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.push((first, last));
    }

    /// Notes that cells are merged; a single one is not.
    pub(super) fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        if rows.0 < rows.1 || columns.0 < columns.1 {
            self.merged.push(Merged { rows, columns });
        }
    }

    /// Whether a column is hidden.
    pub(super) fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// The hidden rows, in order and apart.
    pub(super) fn hidden_rows(&self) -> Vec<(u32, u32)> {
        apart(self.hidden_rows.iter().map(|(first, last)| (*first, *last, 0)).collect())
            .into_iter()
            .map(|(first, last, _)| (first, last))
            .collect()
    }

    /// The rows that merged cells of these columns reach into, in order and apart.
    pub(super) fn merged_rows(&self, columns: &[u32]) -> Vec<MergedRows> {
        let reaching = self.merged.iter().filter_map(|merged| {
            let (first, last) = merged.columns;
            let column = columns.iter().copied().filter(|column| (first..=last).contains(column)).min()?;
            Some((merged.rows.0, merged.rows.1, column))
        });
        apart(reaching.collect())
    }
}

/// The ranges in order, those that overlap as one.
fn apart(mut ranges: Vec<MergedRows>) -> Vec<MergedRows> {
    ranges.sort_unstable();
    let mut joined: Vec<MergedRows> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(before) if range.0 <= before.1 => before.1 = before.1.max(range.1),
            _ => joined.push(range),
        }
    }
    joined
}

/// The column, from 0, and the row, from 0, that a reference such as `B12` names.
pub(super) fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_come_out_in_order_and_apart() {
        let mut marks = Marks::default();
        for (first, last) in [(4, 4), (5, 5), (6, 9), (2, 2), (8, 12), (8, 8)] {
            marks.hide_rows(first, last);
        }
        marks.hide_columns(3, 5);
        assert_eq!(marks.hidden_rows(), [(2, 2), (4, 12)]);
        assert_eq!([2, 3, 5, 6].map(|column| marks.hides_column(column)), [false, true, true, false]);
    }

    #[test]
    fn merged_cells_count_where_they_reach_into_the_columns() {
        let mut marks = Marks::default();
        marks.merge((7, 9), (0, 1));
        marks.merge((1, 1), (2, 5));
        marks.merge((3, 3), (4, 4));
        marks.merge((8, 8), (1, 2));
        assert_eq!(marks.merged_rows(&[4, 2]), [(1, 1, 2), (8, 8, 2)]);
        assert_eq!(marks.merged_rows(&[0, 1]), [(7, 9, 0)]);
        assert_eq!(marks.merged_rows(&[6]), []);
    }

    #[test]
    fn references_are_letters_and_a_number() {
        assert_eq!(reference("A1"), Some((0, 0)));
        assert_eq!(reference("xfd1048576"), Some((1_048_575, 16_383)));
        for text in ["", "A", "1", "A0", "AAAA1", "A12345678", "A1:B2", "É1", "A-1"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
