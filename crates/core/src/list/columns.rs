//! `--columns email=A,domain=B,password=C`: where the user says that things stand.

use std::str::FromStr;

use thiserror::Error;

use super::facts::Field;
use super::names::fold;

/// What stands for a column that is not to be read, whatever its header says.
pub(super) const NOT_READ: &str = "-";

/// Where the user says that things stand; what is not named is found by its header.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    named: Vec<(Field, String)>,
}

/// Why `--columns` was not understood.
#[derive(Debug, Error, Eq, PartialEq)]
pub enum ColumnsError {
    /// A part is not `field=column`.
    #[error("{0:?} is not of the form field=column")]
    NotAPair(String),
    /// There is no such field.
    #[error("there is no field {0:?}")]
    UnknownField(String),
    /// A field is there twice.
    #[error("{0} is given twice")]
    Twice(Field),
}

impl ColumnsError {
    /// What the user can do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        "name columns by letter, number or header, for example --columns email=A,domain=B,password=C; the fields are email, \
         domain, password, kind, old-password and account; kind=- reads no such column"
            .to_owned()
    }
}

impl Columns {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// What was said about a field.
    pub(super) fn of(&self, field: Field) -> Option<&str> {
        self.named.iter().find(|(named, _)| *named == field).map(|(_, column)| column.as_str())
    }
}

/// The column, from 0, that letters (`A` to `XFD`) or a number from 1 name.
pub(super) fn by_position(text: &str) -> Option<u32> {
    const MOST: u32 = 16_384;
    let number = if text.bytes().all(|byte| byte.is_ascii_alphabetic()) && (1..=3).contains(&text.len()) {
        text.bytes().fold(0, |number, byte| number * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1)
    } else {
        text.parse().ok()?
    };
    (1..=MOST).contains(&number).then(|| number - 1)
}

/// Whether a header is the one that the user named.
pub(super) fn is_named(header: &str, wanted: &str) -> bool {
    fold(header) == fold(wanted)
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut columns = Self::default();
        for part in text.split(',') {
            let (field, column) = part.split_once('=').ok_or_else(|| ColumnsError::NotAPair(part.to_owned()))?;
            let (field, column) = (field.trim(), column.trim());
            if column.is_empty() {
                return Err(ColumnsError::NotAPair(part.to_owned()));
            }
            let field = Field::ALL
                .into_iter()
                .find(|known| is_named(field, known.word()))
                .ok_or_else(|| ColumnsError::UnknownField(field.to_owned()))?;
            if columns.of(field).is_some() {
                return Err(ColumnsError::Twice(field));
            }
            columns.named.push((field, column.to_owned()));
        }
        Ok(columns)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn letters_numbers_and_names_are_taken() {
        let columns: Columns = "email=A, Password = mot de passe,old-password=C,Account=-".parse().unwrap();
        assert_eq!(columns.of(Field::OldPassword), Some("C"));
        assert_eq!(columns.of(Field::Account), Some(NOT_READ));
        assert_eq!(columns.of(Field::Email), Some("A"));
        assert_eq!(columns.of(Field::Password), Some("mot de passe"));
        assert_eq!(columns.of(Field::Domain), None);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, error) in [
            ("email", ColumnsError::NotAPair("email".into())),
            ("email=", ColumnsError::NotAPair("email=".into())),
            ("mail=A", ColumnsError::UnknownField("mail".into())),
            ("email=A,email=B", ColumnsError::Twice(Field::Email)),
        ] {
            assert_eq!(text.parse::<Columns>().unwrap_err(), error);
        }
    }

    #[test]
    fn positions_are_those_of_a_spreadsheet() {
        for (text, column) in [
            ("A", Some(0)),
            ("c", Some(2)),
            ("AA", Some(26)),
            ("XFD", Some(16_383)),
            ("1", Some(0)),
            ("16384", Some(16_383)),
            ("0", None),
            ("16385", None),
            ("XFE", None),
            ("mail", None),
            ("", None),
            ("A1", None),
        ] {
            assert_eq!(by_position(text), column, "{text}");
        }
    }
}
