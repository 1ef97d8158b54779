//! Why a list could not be read at all. What is wrong with single rows is a [`Problem`](crate::problem::Problem).

use std::io;

use thiserror::Error;

use super::facts::Field;
use super::some::some_of;
use crate::place::column_letters;
use crate::problem::Problem;

/// Why a list could not be read. It holds no cell's content.
#[derive(Debug, Error)]
#[error("{file}: {kind}")]
pub struct ListError {
    /// The file as the user named it, made safe for a terminal.
    pub file: String,
    /// What happened.
    pub kind: ListErrorKind,
}

/// What kept a list from being read.
#[derive(Debug, Error)]
pub enum ListErrorKind {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// It is a directory.
    #[error("it is a directory")]
    Directory,
    /// The system does not let us read it.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It is something else.
    #[error("it is not a list but {0}")]
    NotAList(&'static str),
    /// It is the small file that Excel keeps beside an open workbook.
    #[error("it is not the workbook but the lock file that Excel keeps beside it")]
    LockFile,
    /// It opens with a password only.
    #[error("the workbook is protected by a password")]
    Protected,
    /// It has the marks of its format, and does not hold together.
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    /// Another program wrote to it meanwhile.
    #[error("it changed while it was read")]
    Changed,
    /// It is larger than any list should be.
    #[error("it is too big for a list: {0}")]
    TooBig(&'static str),
    /// So much is wrong with the rows that reading on makes no sense.
    #[error("more than 100,000 things are wrong with its rows; the first, {first}")]
    Hopeless {
        /// What is wrong first.
        first: Box<Problem>,
    },
    /// A record of a text list that goes on and on.
    #[error("what begins on line {line} is longer than any record: more than 1 MiB of cells, or 65,536 of them")]
    LongRecord {
        /// The line on which it begins, from 1.
        line: u32,
    },
    /// There is no sheet of the name that was asked for.
    #[error("it has no sheet of that name; its sheets are {}", some_of(.sheets))]
    UnknownSheet {
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// More than one sheet holds something.
    #[error("several sheets hold something: {}", some_of(.sheets))]
    SeveralSheets {
        /// Those that hold something.
        sheets: Vec<String>,
    },
    /// No column is headed by a known name.
    #[error("no header is known in row {row}{}", among(.headers))]
    NoHeader {
        /// The row that should be the header.
        row: u32,
        /// Its texts, where they surely are headers.
        headers: Vec<String>,
    },
    /// The first row looks like data.
    #[error("row {row} should be the header, but looks like data")]
    HeaderIsData {
        /// The row that should be the header.
        row: u32,
    },
    /// A column that must be there is not.
    #[error("the header in row {row} has no column for {}{}", .field.noun(), among(.headers))]
    MissingColumn {
        /// What is missing.
        field: Field,
        /// The header's row.
        row: u32,
        /// Its texts, where they surely are headers.
        headers: Vec<String>,
    },
    /// `--columns` names a column that is not there.
    #[error("there is no column {wanted:?} for {}", .field.noun())]
    UnknownColumn {
        /// What it was to hold.
        field: Field,
        /// What was asked for.
        wanted: String,
    },
    /// One column is asked to hold two things.
    #[error("column {} cannot hold both {} and {}", column_letters(*.column), .first.noun(), .second.noun())]
    SameColumn {
        /// The column, from 0.
        column: u32,
        /// One thing.
        first: Field,
        /// The other.
        second: Field,
    },
    /// Every password is an e-mail address.
    #[error("every password is an e-mail address: the columns look swapped")]
    Swapped,
    /// `--no-header` came without the columns that it needs.
    #[error("without a header nothing says which column holds what")]
    NoColumns,
    /// The domain for bare names is none.
    #[error("the domain for bare user names is not a domain name")]
    BadDomain,
    /// A line holds bytes that the encoding does not have.
    #[error("line {line} is not valid {encoding}")]
    Malformed {
        /// The encoding's name.
        encoding: &'static str,
        /// The line, from 1.
        line: u32,
    },
    /// A quotation mark is never closed.
    #[error("the quotation mark that begins a cell on line {line} is never closed")]
    OpenQuote {
        /// The line on which it stands, from 1.
        line: u32,
    },
    /// Something stands between a cell's closing quotation mark and the delimiter.
    #[error("a cell on line {line} goes on after its closing quotation mark")]
    StrayQuote {
        /// The line on which it stands, from 1.
        line: u32,
    },
}

impl ListErrorKind {
    pub(super) fn in_file(self, file: &str) -> ListError {
        ListError { file: file.to_owned(), kind: self }
    }
}

impl From<io::Error> for ListErrorKind {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Unreadable(error),
        }
    }
}

impl ListError {
    /// What the user can do about it.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        use ListErrorKind as Kind;
        let remedy = match &self.kind {
            Kind::Missing => "check the path",
            Kind::Directory => "name the list in it",
            Kind::Unreadable(_) => "check who may read the file, and whether another program holds it",
            Kind::Empty | Kind::NotAList(_) => {
                "give a workbook (.xlsx) or a CSV whose first row is a header such as email,password"
            }
            Kind::LockFile => "give the workbook itself: its name is the same without the ~$",
            Kind::Protected => "save it without a password and try again",
            Kind::Damaged(_) => "open it in Excel or LibreOffice, save it anew as .xlsx or CSV, and try again",
            Kind::Changed => "wait until whatever writes it has finished, and try again",
            Kind::TooBig(_) => "copy the columns of the list alone to a new workbook or CSV, or split it",
            Kind::Hopeless { first } => return Some(first.remedy.clone()),
            Kind::LongRecord { .. } => "look there for a quotation mark too many, and whether it is a list at all",
            Kind::UnknownSheet { .. } => "give --sheet one of these names",
            Kind::SeveralSheets { .. } => "say which one with --sheet NAME",
            Kind::NoHeader { .. } => {
                "head the columns email and password, say where they are with --columns email=A,password=B, or use \
                 --no-header where there is no header"
            }
            Kind::HeaderIsData { .. } | Kind::NoColumns => {
                "put a header such as email,password above the data and nothing above that, or use --no-header --columns \
                 email=A,password=B"
            }
            Kind::MissingColumn { field, .. } => {
                return Some(format!("head a column {field}, or say where it is with --columns {field}=C"));
            }
            Kind::UnknownColumn { .. } => "name the column by its letter, its number or its header",
            Kind::Swapped => {
                "correct the header, or say which column is which: --columns email=…,password=…; where the new passwords really are \
                 addresses, say --allow-suspicious, too"
            }
            Kind::SameColumn { .. } => "give each its own column with --columns",
            Kind::BadDomain => "give --domain a name such as example.com",
            Kind::Malformed { .. } => "say with --encoding how the file is written, or save it anew as CSV UTF-8",
            Kind::OpenQuote { .. } | Kind::StrayQuote { .. } => {
                "put the whole cell in quotation marks, and write those within it twice"
            }
        };
        Some(remedy.to_owned())
    }
}

fn among(headers: &[String]) -> String {
    if headers.is_empty() { String::new() } else { format!("; it reads {}", some_of(headers)) }
}
