//! What stands between the cells of a text list: as the user says, as a `sep=` line says, else what fits the first records.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::names::heading;
use super::records::Records;

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

/// Finds the dialect of a list that begins with `head`.
pub(super) fn find(head: &str, said: Option<u8>) -> Dialect {
    let named = sep_line(head);
    let body = if named.is_some() { head.split_once('\n').map_or("", |(_, body)| body) } else { head };
    let delimiter = said.or(named).unwrap_or_else(|| likely(body));
    Dialect { delimiter, has_sep_line: named.is_some(), width: sample(delimiter, body).usual_width() }
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
        let sample = sample(delimiter, body);
        (sample.headers, sample.even())
    };
    let best = (0..CANDIDATES.len()).max_by_key(|index| (fit(CANDIDATES[*index]), Reverse(*index)));
    CANDIDATES[best.unwrap_or(0)]
}

/// What the first records come to; their cells are not kept.
#[derive(Default)]
struct Sample {
    /// The known headers in the first one.
    headers: usize,
    /// How many cells each has.
    lengths: Vec<usize>,
}

fn sample(delimiter: u8, body: &str) -> Sample {
    let mut records = Records::new(delimiter, body.as_bytes());
    let mut sample = Sample::default();
    while sample.lengths.len() < SAMPLE && records.advance().unwrap_or(false) {
        if sample.lengths.is_empty() {
            sample.headers = records.cells().flatten().filter(|text| heading(text).is_some()).count();
        }
        sample.lengths.push(records.len());
    }
    sample
}

impl Sample {
    /// How many records are cut at all, and into as many cells as the first.
    fn even(&self) -> usize {
        self.lengths.iter().filter(|length| **length > 1 && Some(*length) == self.lengths.first()).count()
    }

    fn usual_width(&self) -> u32 {
        let mut counts = HashMap::new();
        for length in &self.lengths {
            *counts.entry(*length).or_insert(0_usize) += 1;
        }
        let usual = counts.into_iter().max_by_key(|(width, count)| (*count, Reverse(*width)));
        usual.map_or(0, |(width, _)| u32::try_from(width).unwrap_or(u32::MAX))
    }
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
