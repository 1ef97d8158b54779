//! What stands between the cells of a text list: as the user says, as a `sep=` line says, else what fits the first records.

use std::cmp::Reverse;
use std::collections::HashMap;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::names::heading;

/// The delimiters that are tried, the most usual first.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// How many records are looked at.
const SAMPLE: usize = 50;

/// How a text list is cut into cells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Whether the first line is Excel's `sep=`, and no row.
    pub(super) has_sep_line: bool,
    /// How many cells most of the first records have.
    pub(super) width: u32,
}

/// A reader that cuts a text in this dialect's way: every record a row, of any number of cells.
pub(super) fn reader<R: std::io::Read>(delimiter: u8, text: R) -> Reader<R> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text)
}

/// Finds the dialect of a list that begins with `head`.
pub(super) fn find(head: &str, said: Option<u8>) -> Dialect {
    let named = sep_line(head);
    let body = if named.is_some() { head.split_once('\n').map_or("", |(_, body)| body) } else { head };
    let delimiter = said.or(named).unwrap_or_else(|| likely(body));
    Dialect { delimiter, has_sep_line: named.is_some(), width: usual_width(&sample(delimiter, body)) }
}

/// The delimiter that Excel's first line `sep=;` names.
fn sep_line(head: &str) -> Option<u8> {
    let line = head.lines().next()?.trim_matches('"');
    match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    }
}

/// The candidate with which the most headers are known, and then the most records are as long as the first.
fn likely(body: &str) -> u8 {
    let fit = |delimiter: u8| {
        let records = sample(delimiter, body);
        let Some(header) = records.first() else { return (0, 0) };
        let known = header.iter().filter(|text| heading(text).is_some()).count();
        let even = records.iter().filter(|record| record.len() > 1 && record.len() == header.len()).count();
        (known, even)
    };
    let best = (0..CANDIDATES.len()).max_by_key(|index| (fit(CANDIDATES[*index]), Reverse(*index)));
    CANDIDATES[best.unwrap_or(0)]
}

fn sample(delimiter: u8, body: &str) -> Vec<StringRecord> {
    reader(delimiter, body.as_bytes()).into_records().map_while(Result::ok).take(SAMPLE).collect()
}

fn usual_width(records: &[StringRecord]) -> u32 {
    let mut counts = HashMap::new();
    for record in records {
        *counts.entry(record.len()).or_insert(0_usize) += 1;
    }
    let usual = counts.into_iter().max_by_key(|(width, count)| (*count, Reverse(*width)));
    usual.map_or(0, |(width, _)| u32::try_from(width).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(head: &str) -> char {
        char::from(find(head, None).delimiter)
    }

    #[test]
    fn the_header_tells_and_then_the_records() {
        for (head, expected) in [
            ("email,password\na@b.example,x;y;z\n", ','),
            ("email;password\na@b.example;1,2,3\nb@b.example;4,5,6\n", ';'),
            ("email\tpassword\n", '\t'),
            ("email|password\n", '|'),
            ("a@b.example;x,1\nc@d.example;y\n", ';'),
            ("\"email\";\"mot de passe, nouveau\"\n", ';'),
            ("email", ','),
            ("", ','),
        ] {
            assert_eq!(delimiter(head), expected, "{head:?}");
        }
    }

    #[test]
    fn a_sep_line_and_the_user_go_first() {
        let semicolon = find("sep=;\nemail;x,y,password\n", None);
        assert_eq!((semicolon.delimiter, semicolon.has_sep_line), (b';', true));
        assert_eq!(find("\"sep=|\"\nemail|password\n", None).delimiter, b'|');
        let said = find("sep=;\nemail,password\n", Some(b','));
        assert_eq!((said.delimiter, said.has_sep_line), (b',', true));
    }

    #[test]
    fn the_usual_width_is_that_of_most_records() {
        assert_eq!(find("a@b.example,x,y\nc@d.example,x\ne@f.example,x\n", Some(b',')).width, 2);
    }
}
