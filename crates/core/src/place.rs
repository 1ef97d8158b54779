//! Where something stands in the user's list, in the words that the user sees.

use std::fmt;

/// A place in a list: `list.xlsx Sheet1!C17`, `list.csv:42`.
///
/// It never holds what stands there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The file as the user named it; `-` for standard input.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row number that the user sees: Excel's own, or the line on which a CSV record begins, from 1.
    pub row: u32,
    /// The column, from 0, where one cell is meant.
    pub column: Option<u32>,
}

/// A column's letters, as spreadsheets show them: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(sheet) = &self.sheet else {
            return write!(formatter, "{}:{}", self.file, self.row);
        };
        match self.column {
            Some(column) => write!(formatter, "{} {sheet}!{}{}", self.file, column_letters(column), self.row),
            None => write!(formatter, "{} {sheet}!{}", self.file, self.row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_a_spreadsheet() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn a_cell_and_a_line_read_as_the_user_names_them() {
        let cell = Place { file: "list.xlsx".into(), sheet: Some("Sheet1".into()), row: 17, column: Some(2) };
        assert_eq!(cell.to_string(), "list.xlsx Sheet1!C17");
        let line = Place { file: "list.csv".into(), sheet: None, row: 42, column: Some(2) };
        assert_eq!(line.to_string(), "list.csv:42");
    }
}
