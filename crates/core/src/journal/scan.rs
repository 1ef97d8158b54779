//! A journal's bytes, line by line: each is believed only where it follows the one before it.
//!
//! A power cut, a full disk or a killed program leaves at most one line that was not written to its end, and behind it at most what the file system
//! filled in: zeros. That is a torn tail; no request left for it, because it was never synced, and so it is cut off. Whatever else does not
//! follow was changed by something else, and then nothing is believed.

use std::io::{self, BufRead, Read as _};

use super::chain::Chain;
use super::error::JournalErrorKind;

/// The longest line: 65,536 changes in one intent, or 256 rows with long addresses, have room in it.
pub(super) const LONGEST_LINE: usize = 1 << 20;

/// How a journal ends.
#[derive(Debug)]
pub(super) struct End {
    /// The bytes that are believed.
    pub(super) whole: u64,
    /// The bytes behind them.
    pub(super) torn: u64,
    /// Whether the last line that is believed lacks its line end.
    pub(super) is_open: bool,
    pub(super) chain: Chain,
    /// How many lines are believed.
    pub(super) lines: u64,
}

/// Gives every line that follows to `each`, with its number from 1, and says how the journal ends.
pub(super) fn scan(
    mut input: impl BufRead,
    mut each: impl FnMut(u64, &[u8]) -> Result<(), JournalErrorKind>,
) -> Result<End, JournalErrorKind> {
    let mut end = End { whole: 0, torn: 0, is_open: false, chain: Chain::new(), lines: 0 };
    let mut line = Vec::new();
    loop {
        line.clear();
        input.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut line).map_err(JournalErrorKind::Io)?;
        let Some(text) = line.strip_suffix(b"\n").filter(|text| end.chain.follows(text)) else { break };
        end.lines += 1;
        each(end.lines, text)?;
        end.whole += line.len() as u64;
    }
    finish(end, line, input, each)
}

/// What comes behind the last line that is whole: nothing, a torn tail, or damage.
fn finish(
    mut end: End,
    mut tail: Vec<u8>,
    mut input: impl BufRead,
    mut each: impl FnMut(u64, &[u8]) -> Result<(), JournalErrorKind>,
) -> Result<End, JournalErrorKind> {
    let damaged = JournalErrorKind::Damaged { line: end.lines + 1 };
    let Some(zeros) = rest_of_zeros(&mut input).map_err(JournalErrorKind::Io)? else { return Err(damaged) };
    let length = tail.len() as u64 + zeros;
    while tail.last() == Some(&0) {
        tail.pop();
    }
    if tail.contains(&b'\n') || tail.len() >= LONGEST_LINE {
        return Err(damaged);
    }
    if end.chain.follows(&tail) {
        end.lines += 1;
        each(end.lines, &tail)?;
        end.whole += tail.len() as u64;
        end.is_open = true;
    } else if tail.split_last().is_some_and(|(_, most)| end.chain.clone().follows(most)) {
        // A whole line whose end is something else: that was no power cut.
        return Err(damaged);
    }
    end.torn = length - if end.is_open { tail.len() as u64 } else { 0 };
    Ok(end)
}

/// How many zeros are left; nothing where something else is.
fn rest_of_zeros(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut count = 0;
    loop {
        let piece = input.fill_buf()?;
        if piece.is_empty() {
            return Ok(Some(count));
        }
        if piece.iter().any(|&byte| byte != 0) {
            return Ok(None);
        }
        let length = piece.len();
        count += length as u64;
        input.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A journal of so many short lines.
    fn journal(lines: usize) -> Vec<u8> {
        let mut chain = Chain::new();
        let mut journal = Vec::new();
        for _ in 0..lines {
            let start = journal.len();
            journal.extend_from_slice(b"{\"a\":1}");
            chain.seal(&mut journal, start);
        }
        journal
    }

    /// How many lines, bytes that are believed, and bytes behind them; none where the journal is damaged at the line behind those.
    fn scanned(bytes: &[u8]) -> Result<(u64, u64, u64), u64> {
        let mut numbers = Vec::new();
        let end = scan(bytes, |number, _| {
            numbers.push(number);
            Ok(())
        });
        match end {
            Ok(end) => {
                assert_eq!(numbers, (1..=end.lines).collect::<Vec<_>>());
                Ok((end.lines, end.whole, end.torn))
            }
            Err(JournalErrorKind::Damaged { line }) => {
                assert_eq!(numbers, (1..line).collect::<Vec<_>>());
                Err(line)
            }
            Err(_) => Err(0),
        }
    }

    /// What the file system fills in may be longer than any line, and than what is read at once.
    #[test]
    fn zeros_behind_the_end_are_torn_however_many() {
        let journal = journal(3);
        let length = journal.len() as u64;
        for zeros in [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20] {
            let mut bytes = journal.clone();
            bytes.resize(journal.len() + zeros, 0);
            assert_eq!(scanned(&bytes), Ok((3, length, zeros as u64)), "{zeros}");
            bytes.push(b'x');
            // Up to the longest line it may be the beginning of one that was not written whole.
            let begun = zeros + 1 < 1 << 20;
            assert_eq!(scanned(&bytes).is_ok(), begun, "{zeros}");
        }
    }

    #[test]
    fn a_tail_that_was_begun_is_torn_and_one_that_goes_on_is_damage() {
        let journal = journal(2);
        let length = journal.len() as u64;
        let with = |tail: &[u8]| scanned(&[&journal[..], tail].concat());
        assert_eq!(with(b"{\"a\":"), Ok((2, length, 5)));
        assert_eq!(with(b"{\"a\":\0\0"), Ok((2, length, 7)));
        assert_eq!(with(b"{\"a\"\n"), Err(3));
        assert_eq!(with(&vec![b'x'; (1 << 20) - 1]), Ok((2, length, (1 << 20) - 1)));
        assert_eq!(with(&vec![b'x'; 1 << 20]), Err(3));
        assert_eq!(with(&vec![b'x'; 3 << 20]), Err(3));
    }

    #[test]
    fn a_whole_line_without_its_end_is_believed_and_one_with_another_end_is_not() {
        let journal = journal(2);
        let open = &journal[..journal.len() - 1];
        let length = open.len() as u64;
        assert_eq!(scanned(open), Ok((2, length, 0)));
        assert_eq!(scanned(&[open, b"\0\0"].concat()), Ok((2, length, 2)));
        assert_eq!(scanned(&[open, b"x"].concat()), Err(2));
        assert_eq!(scanned(&[open, b"xy"].concat()).ok().map(|(lines, ..)| lines), Some(1));
    }

    #[test]
    fn what_nobody_takes_ends_the_scan() {
        let mut seen = 0;
        let end = scan(journal(3).as_slice(), |number, _| {
            seen = number;
            if number == 2 { Err(JournalErrorKind::Empty) } else { Ok(()) }
        });
        assert!(matches!(end, Err(JournalErrorKind::Empty)));
        assert_eq!(seen, 2);
    }
}
