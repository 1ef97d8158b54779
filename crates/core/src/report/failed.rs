//! The rows to try again, as a list that cprekey reads back exactly.

use std::fs::File;
use std::io;
use std::path::Path;

use ::csv::{QuoteStyle, Writer, WriterBuilder};
use secrecy::{ExposeSecret, SecretString};

use super::beside::{Beside, Placed, Readers};
use super::error::ReportError;

/// The list of the rows to try again: CSV with the header `email,password`, in list order, passwords as they are.
///
/// It holds passwords, so that only its owner may read it, and it is a list, not a report: nothing in it is made harmless for a
/// spreadsheet.
#[derive(Debug)]
pub struct FailedList {
    beside: Beside,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    index: usize,
    address: String,
    password: SecretString,
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
    /// its address as it is sent. Rows come in any order.
    pub fn add(&mut self, index: usize, address: &str, password: &SecretString) {
        self.rows.push(Row { index, address: address.to_owned(), password: password.clone() });
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

    /// Every cell is quoted, so that no reader takes a password's comma or semicolon for the end of a cell.
    fn write(&self) -> io::Result<()> {
        let file = self.beside.file()?;
        let mut writer: Writer<File> = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(file);
        writer.write_record(["email", "password"])?;
        for row in &self.rows {
            writer.write_record([&row.address, row.password.expose_secret()])?;
        }
        writer.flush()
    }
}

#[cfg(test)]
mod tests;
