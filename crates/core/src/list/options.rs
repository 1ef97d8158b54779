//! What the user says about a list, and how it is read where that differs from what is found.

use encoding_rs::Encoding;
use thiserror::Error;

use super::columns::Columns;
use crate::selection::Selection;
use crate::target::Kind;

/// What the user says about a list.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, and none excludes another")]
pub struct ListOptions {
    /// The sheet to read, in a workbook with several.
    pub sheet: Option<String>,
    /// Where things stand, where headers do not say it.
    pub columns: Columns,
    /// Whether the first row that is not empty is a header.
    pub header: bool,
    /// What stands between two cells, in a text list.
    pub delimiter: Option<u8>,
    /// How a text list is encoded.
    pub encoding: Option<&'static Encoding>,
    /// What a row is of that does not say it.
    pub kind: Kind,
    /// The domain of bare user names.
    pub domain: Option<String>,
    /// Whether passwords may come from number cells.
    pub allow_numeric: bool,
    /// Whether passwords may begin or end with a space.
    pub allow_spaces: bool,
    /// Whether rows that the sheet does not show are taken.
    pub include_hidden: bool,
    /// Which rows are wanted.
    pub selection: Selection,
}

impl Default for ListOptions {
    /// Everything is found out, and nothing that may be spoiled is taken.
    fn default() -> Self {
        Self {
            sheet: None,
            columns: Columns::default(),
            header: true,
            delimiter: None,
            encoding: None,
            kind: Kind::Mailbox,
            domain: None,
            allow_numeric: false,
            allow_spaces: false,
            include_hidden: false,
            selection: Selection::default(),
        }
    }
}

/// Why an option's text was not understood.
#[derive(Debug, Error, Eq, PartialEq)]
pub enum OptionError {
    /// Not one ASCII character that can stand between cells.
    #[error("{0:?} is not a delimiter")]
    Delimiter(String),
    /// No known encoding.
    #[error("there is no encoding {0:?}")]
    Encoding(String),
}

impl OptionError {
    /// What the user can do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Delimiter(_) => "give one character, for example --delimiter ';', or tab",
            Self::Encoding(_) => "give a name such as utf-8, windows-1252, iso-8859-15 or utf-16le",
        }
    }
}

/// Reads what `--delimiter` says: one ASCII character, `tab` or `\t`.
///
/// # Errors
///
/// Refuses what cannot stand between cells.
pub fn delimiter(text: &str) -> Result<u8, OptionError> {
    match text.as_bytes() {
        b"tab" | b"\\t" | b"\t" => Ok(b'\t'),
        &[b' '] => Ok(b' '),
        &[one] if one.is_ascii_punctuation() && one != b'"' => Ok(one),
        _ => Err(OptionError::Delimiter(text.to_owned())),
    }
}

/// Reads what `--encoding` says: an encoding's name as web pages use it.
///
/// # Errors
///
/// Refuses a name that is not known.
pub fn encoding(text: &str) -> Result<&'static Encoding, OptionError> {
    Encoding::for_label_no_replacement(text.as_bytes()).ok_or_else(|| OptionError::Encoding(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_one_sign() {
        assert_eq!(delimiter(";"), Ok(b';'));
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        for text in ["", ";;", "é", "a", "\"", "\n"] {
            assert_eq!(delimiter(text), Err(OptionError::Delimiter(text.to_owned())));
        }
    }

    #[test]
    fn encodings_have_the_names_of_the_web() {
        assert_eq!(encoding("Latin1").map(Encoding::name), Ok("windows-1252"));
        assert_eq!(encoding("nonsense"), Err(OptionError::Encoding("nonsense".into())));
    }
}
