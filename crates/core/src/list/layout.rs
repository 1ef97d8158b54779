//! Which column holds what: by the header, or as the user says.

use super::columns::{Columns, NOT_READ, by_position, is_named};
use super::error::ListErrorKind;
use super::facts::{Field, TakenColumn};
use super::names::{Heading, heading};
use super::row::{Cell, Row};
use super::some::some_of;
use crate::target::Kind;
use crate::text::safe;

/// Which column holds what. An address and a password are always among them.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    taken: Vec<TakenColumn>,
    /// The column of each field, in the order in which they are declared.
    columns: [Option<u32>; Field::ALL.len()],
}

impl Layout {
    /// Finds the columns with the help of a header; what the user says goes before it. Doubts are added to `warnings`.
    ///
    /// `kind` is that of rows which do not say theirs. In a list of accounts a column headed as one holds their names, where no other
    /// column does.
    pub(super) fn with_header(
        header: &Row,
        columns: &Columns,
        kind: Kind,
        warnings: &mut Vec<String>,
    ) -> Result<Self, ListErrorKind> {
        let header = Header::new(header);
        let mut found = header.said(columns)?;
        for field in Field::ALL.into_iter().filter(|field| columns.of(*field).is_none()) {
            let column = match header.first(field, field, &found, warnings) {
                None if field == Field::Email && kind == Kind::Account && columns.of(Field::Account).is_none() => {
                    header.first(field, Field::Account, &found, warnings)
                }
                column => column,
            };
            found.extend(column.map(|column| (field, column)));
        }
        let layout = Self::new(header.taken(&found, columns));
        if layout.column(Field::Email).is_some_and(|column| header.text(column).is_some_and(|text| text.contains('@')))
        {
            return Err(ListErrorKind::HeaderIsData { row: header.number });
        }
        layout.complete().map_err(|missing| header.missing(missing))?;
        layout.distinct()
    }

    /// Takes the columns as the user says, where there is no header.
    pub(super) fn without_header(columns: &Columns) -> Result<Self, ListErrorKind> {
        let mut taken = Vec::new();
        for field in Field::ALL {
            let Some(wanted) = columns.of(field).filter(|wanted| *wanted != NOT_READ) else { continue };
            let column = by_position(wanted).ok_or_else(|| unknown(field, wanted))?;
            taken.push(TakenColumn { field, column, header: None });
        }
        let layout = Self::new(taken);
        layout.complete().map_err(|_| ListErrorKind::NoColumns)?;
        layout.distinct()
    }

    fn new(taken: Vec<TakenColumn>) -> Self {
        let mut columns = [None; Field::ALL.len()];
        for TakenColumn { field, column, .. } in &taken {
            columns[*field as usize].get_or_insert(*column);
        }
        Self { taken, columns }
    }

    /// The column that holds a field, from 0.
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        self.columns[field as usize]
    }

    /// What a row holds of a field.
    pub(super) fn cell<'a>(&self, row: &'a Row, field: Field) -> Cell<'a> {
        self.column(field).map_or(Cell::Empty, |column| row.cell(column))
    }

    /// Whether a row holds nothing in any of the columns.
    pub(super) fn is_blank(&self, row: &Row) -> bool {
        self.taken.iter().all(|taken| row.cell(taken.column).is_blank())
    }

    /// The columns, for the facts.
    pub(super) fn taken(&self) -> &[TakenColumn] {
        &self.taken
    }

    fn complete(&self) -> Result<(), Field> {
        match [Field::Email, Field::Password].into_iter().find(|field| self.column(*field).is_none()) {
            Some(missing) => Err(missing),
            None => Ok(()),
        }
    }

    fn distinct(self) -> Result<Self, ListErrorKind> {
        for (index, one) in self.taken.iter().enumerate() {
            if let Some(other) = self.taken[..index].iter().find(|other| other.column == one.column) {
                return Err(ListErrorKind::SameColumn { column: one.column, first: other.field, second: one.field });
            }
        }
        Ok(self)
    }
}

fn unknown(field: Field, wanted: &str) -> ListErrorKind {
    ListErrorKind::UnknownColumn { field, wanted: wanted.to_owned() }
}

/// The texts of the header's row.
struct Header<'a> {
    number: u32,
    texts: Vec<(u32, &'a str)>,
}

impl<'a> Header<'a> {
    fn new(row: &'a Row) -> Self {
        let texts = row.cells().filter_map(|(column, cell)| match cell {
            Cell::Text(text) => Some((column, text.trim())),
            _ => None,
        });
        Self { number: row.number, texts: texts.collect() }
    }

    fn text(&self, column: u32) -> Option<&'a str> {
        self.texts.iter().find(|(own, _)| *own == column).map(|(_, text)| *text)
    }

    /// The columns that the user asks for.
    fn said(&self, columns: &Columns) -> Result<Vec<(Field, u32)>, ListErrorKind> {
        let mut said = Vec::new();
        for field in Field::ALL {
            if let Some(wanted) = columns.of(field).filter(|wanted| *wanted != NOT_READ) {
                said.push((field, self.wanted(field, wanted)?));
            }
        }
        Ok(said)
    }

    /// The column that the user asks for: by its header, else by its letters or number.
    fn wanted(&self, field: Field, wanted: &str) -> Result<u32, ListErrorKind> {
        let named = self.texts.iter().find(|(_, text)| is_named(text, wanted)).map(|(column, _)| *column);
        named.or_else(|| by_position(wanted)).ok_or_else(|| unknown(field, wanted))
    }

    /// The column for a field: the one whose header means `headed` most surely, the leftmost of several such. What a list can do
    /// without is not sought in a column that was found to hold something else.
    fn first(&self, field: Field, headed: Field, found: &[(Field, u32)], warnings: &mut Vec<String>) -> Option<u32> {
        let is_free = |column| !field.is_optional() || found.iter().all(|(_, own)| *own != column);
        let candidates: Vec<(u32, &str, Heading)> = self
            .texts
            .iter()
            .filter_map(|(column, text)| Some((*column, *text, heading(text)?)))
            .filter(|(column, _, heading)| heading.field() == headed && is_free(*column))
            .collect();
        let (column, text, _) = candidates.iter().min_by_key(|(.., heading)| heading.rank())?;
        if candidates.len() > 1 {
            let others: Vec<_> =
                candidates.iter().filter(|(own, ..)| own != column).map(|(_, other, _)| safe(other)).collect();
            warnings.push(format!(
                "for {} the column {text:?} was taken, not {}; --columns {field}=… says otherwise",
                field.noun(),
                some_of(&others)
            ));
        }
        Some(*column)
    }

    /// What was found, in the order in which it is told.
    fn taken(&self, found: &[(Field, u32)], columns: &Columns) -> Vec<TakenColumn> {
        let of = |field| found.iter().find(|(own, _)| *own == field);
        let found = Field::ALL.into_iter().filter_map(of);
        found.map(|&(field, column)| TakenColumn { field, column, header: self.safe_text(column, columns) }).collect()
    }

    /// A header's text where it is surely one: a known name, or one that the user gave.
    fn safe_text(&self, column: u32, columns: &Columns) -> Option<String> {
        let text = self.text(column)?;
        let given = Field::ALL.into_iter().filter_map(|field| columns.of(field)).any(|wanted| is_named(text, wanted));
        (given || heading(text).is_some()).then(|| safe(text).into_owned())
    }

    fn missing(&self, field: Field) -> ListErrorKind {
        let row = self.number;
        let known = self.texts.iter().any(|(_, text)| heading(text).is_some());
        if !known && !self.texts.iter().all(|(_, text)| reads_like_words(text)) {
            return ListErrorKind::HeaderIsData { row };
        }
        let headers = self.texts.iter().map(|(_, text)| *text).filter(|text| reads_like_words(text)).map(str::to_owned);
        let headers = headers.collect();
        if known {
            ListErrorKind::MissingColumn { field, row, headers }
        } else {
            ListErrorKind::NoHeader { row, headers }
        }
    }
}

/// Whether a text may be shown as a header: letters, and what stands between words. Data has digits, dots and signs.
fn reads_like_words(text: &str) -> bool {
    text.chars().count() <= 40
        && text.contains(char::is_alphabetic)
        && text.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '_' | '\''))
}

#[cfg(test)]
mod tests;
