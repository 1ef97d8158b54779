//! Which list, and how to read it where detection is not right.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use cprekey_core::list::{self, Columns, ListOptions};
use cprekey_core::selection::{PatternError, Selection};
use cprekey_core::target::Kind;
use encoding_rs::Encoding;

/// Which list, and how to read it.
#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    /// The list: .xlsx, .xls, .xlsb, .ods or CSV, told by its content; - reads CSV from standard input
    #[arg(value_name = "LIST", help_heading = None)]
    pub(crate) list: OsString,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// How to read the list where detection is not right.
#[derive(Args, Debug)]
#[command(next_help_heading = "List")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, and none excludes another")]
pub(crate) struct ReadArgs {
    /// The sheet of the workbook
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,

    /// Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub(crate) columns: Option<Columns>,

    /// The first row is no header (needs --columns)
    #[arg(long)]
    pub(crate) no_header: bool,

    /// The character between the cells of a CSV: ; , | or tab
    #[arg(long, value_name = "C", value_parser = list::delimiter)]
    pub(crate) delimiter: Option<u8>,

    /// The encoding of a CSV, for example utf-8, windows-1252 or utf-16le
    #[arg(long, value_name = "NAME", value_parser = list::encoding)]
    pub(crate) encoding: Option<&'static Encoding>,

    /// What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts
    #[arg(long, value_name = "KIND", value_enum, default_value_t = KindChoice::Mailbox)]
    pub(crate) kind: KindChoice,

    /// The domain of bare user names
    #[arg(long, value_name = "NAME")]
    pub(crate) domain: Option<String>,

    /// Accept passwords from number cells, where the number is whole and short enough to be exact
    #[arg(long)]
    pub(crate) allow_numeric: bool,

    /// Accept passwords with spaces at an end
    #[arg(long)]
    pub(crate) allow_spaces: bool,

    /// Take rows that are hidden in the sheet, by hand or by a filter
    #[arg(long)]
    pub(crate) include_hidden: bool,

    /// Only the addresses and account names that match, for example '*@example.com' (again for more)
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,

    /// Not the addresses and account names that match (again for more)
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Only the first N changes
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// What a row is of that does not say it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KindChoice {
    Mailbox,
    Account,
}

impl From<KindChoice> for Kind {
    fn from(choice: KindChoice) -> Self {
        match choice {
            KindChoice::Mailbox => Self::Mailbox,
            KindChoice::Account => Self::Account,
        }
    }
}

impl ReadArgs {
    /// What is meant by it.
    ///
    /// # Errors
    ///
    /// Names the pattern that is none.
    pub(crate) fn options(self) -> Result<ListOptions, PatternError> {
        Ok(ListOptions {
            sheet: self.sheet,
            columns: self.columns.unwrap_or_default(),
            header: !self.no_header,
            delimiter: self.delimiter,
            encoding: self.encoding,
            kind: self.kind.into(),
            domain: self.domain,
            allow_numeric: self.allow_numeric,
            allow_spaces: self.allow_spaces,
            include_hidden: self.include_hidden,
            selection: Selection::new(&self.include, &self.exclude, self.limit)?,
        })
    }
}
