//! The rows to try again, as a list that cprekey reads back exactly.

use std::io::{self, Write};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::beside::{Beside, Placed, Readers};
use super::error::ReportError;
use crate::change::Change;

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
    pub fn add(&mut self, index: usize, change: &Change<'_>) {
        let address = change.target.as_str().to_owned();
        self.rows.push(Row { index, address, password: change.passwords.new.clone() });
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
        let mut file = self.beside.file()?;
        file.write_all(b"\"email\",\"password\"\n")?;
        let longest = self.rows.iter().map(Row::longest_record).max().unwrap_or(0);
        let mut record = Zeroizing::new(String::with_capacity(longest));
        for row in &self.rows {
            record.clear();
            quote(&row.address, &mut record);
            record.push(',');
            quote(row.password.expose_secret(), &mut record);
            record.push('\n');
            file.write_all(record.as_bytes())?;
        }
        file.flush()
    }
}

impl Row {
    /// How many bytes its record has at most: every one of them could be a quotation mark, which is written twice.
    fn longest_record(&self) -> usize {
        2 * (self.address.len() + self.password.expose_secret().len()) + "\"\",\"\"\n".len()
    }
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
