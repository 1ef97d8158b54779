//! Whether two readers read the same.

use cprekey_core::list::ListErrorKind;
use cprekey_core::list::fuzzing::Record;
use encoding_rs::WINDOWS_1252;

use crate::generate::Case;
use crate::python::Theirs;
use crate::tally::{Difference, Found, Refusal};

/// The bytes that windows-1252 does not assign. Web pages, and so we, read them as the control characters of their numbers (WHATWG, Encoding).
const UNASSIGNED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// What both make of a file, or how they differ in a way that is not listed.
pub(crate) fn compare(
    case: &Case,
    ours: &Result<Vec<Record>, ListErrorKind>,
    theirs: &Theirs,
) -> Result<Found, &'static str> {
    match (ours, theirs) {
        (Ok(ours), Theirs::Read { mark, records }) => {
            let mut found = same_records(ours, records)?;
            found.differences.extend(mark.then_some(Difference::ByteOrderMark));
            Ok(found)
        }
        (_, Theirs::Refused { error, .. }) if error == "encoding" && has_unassigned(case) => {
            Ok(Found { differences: vec![Difference::UnassignedByte], ..Found::default() })
        }
        (Err(ours), Theirs::Refused { error, line }) => {
            Ok(Found { refusal: Some(same_refusal(ours, error, *line)?), ..Found::default() })
        }
        (Ok(_), Theirs::Refused { .. }) => Err("Python refuses it, and cprekey reads it"),
        (Err(_), Theirs::Read { .. }) => Err("cprekey refuses it, and Python reads it"),
    }
}

fn has_unassigned(case: &Case) -> bool {
    case.encoding == WINDOWS_1252 && case.bytes.iter().any(|byte| UNASSIGNED.contains(byte))
}

/// Whether both refuse a file for one reason. Python decodes a text as a whole, we do it as it is read, so that we may come to a quotation mark
/// first.
fn same_refusal(ours: &ListErrorKind, error: &str, line: u32) -> Result<Refusal, &'static str> {
    match ours {
        ListErrorKind::StrayQuote { line: own } if error.contains(" expected after ") => {
            if *own == line {
                Ok(Refusal::StrayQuote)
            } else {
                Err("a stray quotation mark stands on two lines")
            }
        }
        ListErrorKind::OpenQuote { .. } if error == "unexpected end of data" => Ok(Refusal::OpenQuote),
        ListErrorKind::Malformed { .. } | ListErrorKind::StrayQuote { .. } if error == "encoding" => {
            Ok(Refusal::Malformed)
        }
        _ => Err("both refuse it, for two reasons"),
    }
}

fn same_records(ours: &[Record], theirs: &[(u32, Vec<String>)]) -> Result<Found, &'static str> {
    let mut found = Found::default();
    let mut ours = ours.iter();
    let mut line = 0;
    for (last, cells) in theirs {
        let first = line + 1;
        line = *last;
        if cells.is_empty() {
            note(&mut found, Difference::EmptyLine);
            continue;
        }
        let own = ours.next().ok_or("Python reads more records")?;
        if (own.first, own.last) != (first, *last) {
            return Err("a record stands on other lines");
        }
        same_cells(&own.cells, cells, &mut found)?;
    }
    ours.next().map_or(Ok(found), |_| Err("cprekey reads more records"))
}

fn same_cells(ours: &[String], theirs: &[String], found: &mut Found) -> Result<(), &'static str> {
    if ours.len() != theirs.len() {
        return Err("a record has another number of cells");
    }
    for (own, cell) in ours.iter().zip(theirs) {
        if own == cell {
            continue;
        }
        if *own != cell.replace("\r\n", "\n").replace('\r', "\n") {
            return Err("a cell holds another text");
        }
        note(found, Difference::LineBreakInCell);
    }
    found.records += 1;
    found.cells += ours.len() as u64;
    Ok(())
}

/// Notes a difference, once for each file.
fn note(found: &mut Found, difference: Difference) {
    if !found.differences.contains(&difference) {
        found.differences.push(difference);
    }
}
