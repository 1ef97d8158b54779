//! How many parts a zip file says that it has, looked up before a library takes it at its word and makes room for each.

use std::io::{Read, SeekFrom};

use super::error::ListErrorKind;
use super::source::Input;

/// The most parts that a workbook may have; one with many pictures has some hundred.
const MOST_PARTS: u16 = 10_000;

/// The record at the end of the directory, and the longest comment that may follow it (APPNOTE.TXT of PKWARE, 4.3.16).
const MARK: &[u8] = b"PK\x05\x06";
const PARTS_AT: usize = 10;
const RECORD: u64 = 22;
const LONGEST_COMMENT: u64 = 0xffff;

/// Refuses a zip file of too many parts. Whatever in its last bytes could be taken for the end of its directory must be modest; a number
/// that stands elsewhere because it is too large for this record is too large for a workbook.
pub(super) fn check(input: &mut Input<'_>) -> Result<(), ListErrorKind> {
    let length = input.seek(SeekFrom::End(0))?;
    input.seek(SeekFrom::Start(length.saturating_sub(RECORD + LONGEST_COMMENT)))?;
    let mut tail = Vec::new();
    input.take(RECORD + LONGEST_COMMENT).read_to_end(&mut tail)?;
    input.seek(SeekFrom::Start(0))?;
    let mut found = false;
    for start in memchr::memmem::find_iter(&tail, MARK) {
        found = true;
        let parts =
            tail.get(start + PARTS_AT..).and_then(|rest| rest.first_chunk()).map(|two| u16::from_le_bytes(*two));
        if parts.is_some_and(|parts| parts > MOST_PARTS) {
            return Err(ListErrorKind::TooBig("it has too many parts"));
        }
    }
    if found { Ok(()) } else { Err(ListErrorKind::Damaged("it is cut short, or no proper zip file")) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn told(parts: u16, comment: &[u8]) -> Result<(), String> {
        let mut record = [b"anything".as_slice(), MARK, &[0; 18]].concat();
        record[18..20].copy_from_slice(&parts.to_le_bytes());
        let mut input: Input<'_> = Box::new(Cursor::new([&record, comment].concat()));
        check(&mut input).map_err(|error| error.to_string())
    }

    /// INP-04: thousands of parts, and a number that is said to stand elsewhere (zip64), cost nothing.
    #[test]
    fn the_end_says_how_many_parts_there_are() {
        assert_eq!(told(12, b""), Ok(()));
        assert_eq!(told(10_000, &b"x".repeat(65_535)), Ok(()));
        for parts in [10_001, u16::MAX] {
            assert_eq!(told(parts, b""), Err("it is too big for a list: it has too many parts".into()));
        }
        let second = [MARK, &[0xff; 18]].concat();
        assert!(told(12, &second).is_err());
        assert!(told(12, &b"x".repeat(65_536)).is_err());
    }
}
