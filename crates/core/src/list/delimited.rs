//! Reads a text list: cells between delimiters, one record a line.

use std::io::{Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use super::dialect::{self, Dialect};
use super::encoding;
use super::error::ListErrorKind;
use super::lines::{Lines, MalformedLine};
use super::quotes::{BadQuote, Quotes};
use super::records::{LongRecord, Records};
use super::row::{Cell, Row};
use super::source::{Input, LONGEST_TEXT_LIST};
use super::understand::Understanding;
use crate::failpoint::failpoint;

/// How much is looked at to find the delimiter.
const HEAD: usize = 64 << 10;

/// Hardly a row is shorter, in bytes; lines that are have nothing in them.
const SHORT_ROW: u64 = 16;

/// Reads the list from its beginning to its end.
pub(super) fn read(mut input: Input<'_>, length: u64, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    if length > LONGEST_TEXT_LIST {
        return Err(ListErrorKind::TooBig("it has more than 256 MiB of text"));
    }
    let options = list.options();
    let found = encoding::find(&mut input, options.encoding)?;
    list.facts.encoding = Some(found.encoding.name());
    if found.guessed {
        list.facts.warnings.push(
            "the list says nothing of its encoding and is not UTF-8: it was read as windows-1252, so passwords with letters \
             outside ASCII may be wrong; say what it is with --encoding"
                .to_owned(),
        );
    }
    input.seek(SeekFrom::Start(0))?;
    let head = head(Lines::new(&mut input, found.encoding))?;
    let dialect = dialect::find(&head, options.delimiter);
    list.facts.delimiter = Some(char::from(dialect.delimiter));
    input.seek(SeekFrom::Start(0))?;
    list.expect(found.lines.min(usize::try_from(length / SHORT_ROW).unwrap_or(0)));
    read_records(Lines::new(&mut input, found.encoding), dialect, list)
}

/// The first lines, as many as fit.
fn head<R: Read>(lines: Lines<R>) -> Result<Zeroizing<String>, ListErrorKind> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(HEAD));
    lines.take(HEAD as u64).read_to_end(&mut bytes).map_err(reading)?;
    let whole =
        if bytes.len() < HEAD { bytes.len() } else { bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0) };
    Ok(Zeroizing::new(String::from_utf8_lossy(&bytes[..whole]).into_owned()))
}

fn read_records<R: Read>(lines: Lines<R>, dialect: Dialect, list: &mut Understanding<'_>) -> Result<(), ListErrorKind> {
    let mut records = Records::new(dialect.delimiter, Quotes::new(lines, dialect.delimiter));
    let mut row = Row::default();
    let mut skip = dialect.has_sep_line;
    if !list.options().header {
        list.width = Some(dialect.width);
    }
    while let Some((first, until)) = next(&mut records)? {
        if std::mem::take(&mut skip) {
            continue;
        }
        row.begin(first, until);
        fill(&mut row, &records)?;
        if list.width.is_none() && !row.is_blank() {
            list.width = Some(u32::try_from(records.len()).unwrap_or(u32::MAX));
        }
        list.take(&row)?;
    }
    Ok(())
}

/// Goes on to the next record, and says on which lines it stands, the first and the last; nothing at the end.
pub(super) fn next<R: Read>(records: &mut Records<Quotes<R>>) -> Result<Option<(u32, u32)>, ListErrorKind> {
    let begin = records.offset();
    match records.advance() {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        Err(error) if is_long_record(&error) => {
            return Err(ListErrorKind::LongRecord { line: records.text().lines().line_of(begin) });
        }
        Err(error) => return Err(reading(error)),
    }
    let end = records.offset();
    let lines = records.text().lines();
    let first = lines.line_of_text_from(begin);
    let until = lines.line_of(end.saturating_sub(1));
    Ok(Some((first, until.max(first))))
}

fn fill<R: Read>(row: &mut Row, records: &Records<R>) -> Result<(), ListErrorKind> {
    for (column, text) in (0..).zip(records.cells()) {
        let text = text.ok_or(ListErrorKind::Damaged("a record cannot be cut into cells"))?;
        failpoint("list-delimited", text.as_bytes());
        row.push(column, Cell::Text(text));
    }
    Ok(())
}

fn is_long_record(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<LongRecord>)
}

fn reading(error: std::io::Error) -> ListErrorKind {
    let Some(inner) = error.get_ref() else { return ListErrorKind::Unreadable(error) };
    if let Some(malformed) = inner.downcast_ref::<MalformedLine>() {
        return ListErrorKind::Malformed { encoding: malformed.encoding, line: malformed.line };
    }
    match inner.downcast_ref::<BadQuote>() {
        Some(BadQuote::Open(line)) => ListErrorKind::OpenQuote { line: *line },
        Some(BadQuote::Stray(line)) => ListErrorKind::StrayQuote { line: *line },
        None => ListErrorKind::Unreadable(error),
    }
}
