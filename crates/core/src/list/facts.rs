//! What was found out about a list while it was read: which file, sheet and columns, and how many rows.

use std::fmt;

/// What kind of file a list is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// A workbook of Excel 2007 or later (`.xlsx`, `.xlsm`).
    Xlsx,
    /// A binary workbook of Excel 2007 or later.
    Xlsb,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// An open document spreadsheet (`.ods`).
    Ods,
    /// Text, one record a line.
    Csv,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Field {
    /// What gets the password: a mailbox's full address or its local part, or an account's name.
    Email,
    /// The domain of the local parts.
    Domain,
    /// The new password.
    Password,
    /// What the row is of: a mailbox or an account.
    Kind,
    /// The password that an account has now; nothing to a mailbox.
    OldPassword,
    /// The cPanel account that a mailbox is of.
    Account,
}

/// A column that was taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TakenColumn {
    /// For what.
    pub field: Field,
    /// Which one, from 0.
    pub column: u32,
    /// Its header, where that is surely one.
    pub header: Option<String>,
}

/// What was found out about a list. Nothing in it is a cell's content, but headers that were recognised.
#[derive(Clone, Debug)]
pub struct ListFacts {
    /// The file as the user named it, made safe for a terminal; `-` for standard input.
    pub file: String,
    /// What kind of file it is.
    pub format: Format,
    /// The sheet that was read, in a workbook.
    pub sheet: Option<String>,
    /// What stands between two cells, in a text list.
    pub delimiter: Option<char>,
    /// The encoding's name, in a text list.
    pub encoding: Option<&'static str>,
    /// The header's row number, where there is one.
    pub header_row: Option<u32>,
    /// The columns that were taken.
    pub columns: Vec<TakenColumn>,
    /// Whether the column of the addresses holds a full address, with its `@`, in every row.
    pub full_addresses: bool,
    /// How many rows there are below the header that are not empty: as many as entries.
    pub rows: usize,
    /// How many empty rows were passed over between them.
    pub empty_rows: usize,
    /// How many rows the sheet does not show that the user's filters leave in.
    pub hidden_rows: usize,
    /// How many rows repeat an earlier one.
    pub repeats: usize,
    /// What the user should know, one sentence each.
    pub warnings: Vec<String>,
}

impl ListFacts {
    pub(super) fn new(file: String, format: Format) -> Self {
        Self {
            file,
            format,
            sheet: None,
            delimiter: None,
            encoding: None,
            header_row: None,
            columns: Vec::new(),
            full_addresses: true,
            rows: 0,
            empty_rows: 0,
            hidden_rows: 0,
            repeats: 0,
            warnings: Vec::new(),
        }
    }
}

impl Format {
    /// The usual ending, without its dot.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }
}

impl Field {
    /// Every field, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Email, Self::Domain, Self::Password, Self::Kind, Self::OldPassword, Self::Account];

    /// The word that `--columns` uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Password => "password",
            Self::Kind => "kind",
            Self::OldPassword => "old-password",
            Self::Account => "account",
        }
    }

    /// Whether a list can do without it.
    pub(super) const fn is_optional(self) -> bool {
        !matches!(self, Self::Email | Self::Password)
    }

    /// The field as it stands in a sentence.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Email => "the address",
            Self::Domain => "the domain",
            Self::Password => "the password",
            Self::Kind => "the kind",
            Self::OldPassword => "the old password",
            Self::Account => "the account's name",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}
