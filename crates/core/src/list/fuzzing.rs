//! A door into the inside, for those who hold the reader of text lists against other programs. Nothing that the core promises.

use std::str;

use encoding_rs::Encoding;

use super::delimited::next;
use super::error::ListErrorKind;
use super::lines::Lines;
use super::quotes::Quotes;
use super::records::Records;

/// A record of a text list.
#[derive(Debug)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub first: u32,
    /// The line on which it ends.
    pub last: u32,
    /// Its cells, from left to right.
    pub cells: Vec<String>,
}

/// Cuts a text into records and these into cells, as every text list is.
///
/// # Errors
///
/// Where it is malformed in this encoding, or a quotation mark is not where it should be.
pub fn records(text: &[u8], delimiter: u8, encoding: &'static Encoding) -> Result<Vec<Record>, ListErrorKind> {
    let mut records = Records::new(delimiter, Quotes::new(Lines::new(text, encoding), delimiter));
    let mut found = Vec::new();
    while let Some((first, last)) = next(&mut records)? {
        let cells = records.cells().map(|cell| cell.map(str::to_owned)).collect::<Option<_>>();
        let cells = cells.ok_or(ListErrorKind::Damaged("a record cannot be cut into cells"))?;
        found.push(Record { first, last, cells });
    }
    Ok(found)
}
