//! The rows to try again, as a list that cprekey reads back exactly.

use std::io::{self, Write};
use std::path::Path;

use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::beside::{Beside, Placed, Readers};
use super::error::ReportError;
use crate::account::AccountName;
use crate::change::{Change, Passwords};
use crate::failpoint::failpoint;
use crate::target::{Kind, Target};

/// The list of the rows to try again: CSV with the header `email,password`, in list order, passwords as they are. Where a row needs
/// them, the columns `kind`, `old password` and `account` stand behind those two.
///
/// It holds passwords, so that only its owner may read it, and it is a list, not a report: nothing in it is made harmless for a
/// spreadsheet or a terminal, since the next run is to read the very passwords. Its other cells cannot do harm: an address and an
/// account's name have no characters for that.
#[derive(Debug)]
pub struct FailedList {
    beside: Beside,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    index: usize,
    target: Target,
    /// Of a mailbox only: an account acts for itself.
    account: Option<AccountName>,
    /// With an old one for an account only: nobody reads that of a mailbox.
    passwords: Passwords,
}

/// What a column holds, in the order in which they stand.
#[derive(Clone, Copy, Debug)]
enum Column {
    Email,
    Password,
    Kind,
    OldPassword,
    Account,
}

impl FailedList {
    /// Begins the list. A file is made beside the place at once (mode 0600), so that no run begins whose failed rows could not be kept.
    ///
    /// # Errors
    ///
    /// Where the path names a folder, or no file can be made in its folder.
    pub fn create(path: &Path) -> Result<Self, ReportError> {
        Ok(Self { beside: Beside::create(path, Readers::Owner)?, rows: Vec::new() })
    }

    /// Adds a row that is [worth another try](crate::outcome::Outcome::is_worth_another_try), by its index in the list of entries, with
    /// its target as it is sent. Rows come in any order.
    pub fn add(&mut self, index: usize, change: &Change<'_>) {
        failpoint("failed-row", b"");
        let new = change.passwords.new.clone();
        let (account, old) = match change.target.kind() {
            Kind::Mailbox => (change.account.cloned(), None),
            Kind::Account => (None, change.passwords.old.clone()),
        };
        self.rows.push(Row { index, target: change.target.clone(), account, passwords: Passwords { new, old } });
    }

    /// Puts the list at its path; a file that stood there is kept beside it.
    ///
    /// Where no row is to be tried again there is no list, and what an earlier run left at the path is kept under another name.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written or put in place.
    pub fn finish(mut self) -> Result<Placed, ReportError> {
        if self.rows.is_empty() {
            return self.beside.leave_empty();
        }
        self.rows.sort_by_key(|row| row.index);
        self.write().map_err(|source| ReportError::unwritten(self.beside.path(), source))?;
        self.beside.put_in_place()
    }

    /// Every cell is quoted, so that no reader takes a password's comma or semicolon for the end of a cell. A record stands in memory
    /// once, in a place that is wiped.
    fn write(&self) -> io::Result<()> {
        let columns = self.columns();
        let mut file = self.beside.file()?;
        let mut header = String::new();
        put_record(columns.iter().map(|column| column.header()), &mut header);
        file.write_all(header.as_bytes())?;
        let longest = self.rows.iter().map(|row| longest_record(row.cells(&columns))).max().unwrap_or(0);
        let mut record = Zeroizing::new(String::with_capacity(longest));
        for row in &self.rows {
            record.clear();
            put_record(row.cells(&columns), &mut record);
            failpoint("failed-write", record.as_bytes());
            file.write_all(record.as_bytes())?;
        }
        file.flush()
    }

    /// The columns that some row needs.
    fn columns(&self) -> Vec<Column> {
        let is_needed = |column: &Column| match column {
            Column::Email | Column::Password => true,
            Column::Kind => self.rows.iter().any(|row| row.target.kind() != Kind::default()),
            Column::OldPassword => self.rows.iter().any(|row| row.passwords.old.is_some()),
            Column::Account => self.rows.iter().any(|row| row.account.is_some()),
        };
        Column::ALL.into_iter().filter(is_needed).collect()
    }
}

impl Column {
    const ALL: [Self; 5] = [Self::Email, Self::Password, Self::Kind, Self::OldPassword, Self::Account];

    /// Its header, as the reader of lists knows it.
    const fn header(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::Kind => "kind",
            Self::OldPassword => "old password",
            Self::Account => "account",
        }
    }
}

impl Row {
    fn cells<'a>(&'a self, columns: &'a [Column]) -> impl Iterator<Item = &'a str> {
        columns.iter().map(|column| match column {
            Column::Email => self.target.as_str(),
            Column::Password => self.passwords.new.expose_secret(),
            Column::Kind => self.target.kind().word(),
            Column::OldPassword => self.passwords.old.as_ref().map_or("", ExposeSecret::expose_secret),
            Column::Account => self.account.as_ref().map_or("", AccountName::as_str),
        })
    }
}

/// How many bytes a record has at most: every one of its cells' could be a quotation mark, which is written twice.
fn longest_record<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.map(|cell| 2 * cell.len() + "\"\",".len()).sum()
}

/// Adds a record, with the end of its line.
fn put_record<'a>(cells: impl Iterator<Item = &'a str>, record: &mut String) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            record.push(',');
        }
        quote(cell, record);
    }
    record.push('\n');
}

/// Adds a cell in quotation marks.
fn quote(cell: &str, record: &mut String) {
    record.push('"');
    for letter in cell.chars() {
        if letter == '"' {
            record.push('"');
        }
        record.push(letter);
    }
    record.push('"');
}

#[cfg(test)]
mod tests;
