//! A journal's bytes, line by line: each is believed only where it follows the one before it.
//!
//! A power cut, a full disk or a killed program leaves at most one line that was not written to its end, and behind it at most what the file system
//! filled in: zeros. That is a torn tail; no request left for it, because it was never synced, and so it is cut off. Whatever else does not
//! follow was changed by something else, and then nothing is believed.

use std::io::{self, BufRead, Read as _};

use super::chain::Chain;
use super::error::JournalErrorKind;

/// The longest line: a thousand changes in one intent, or 256 rows with long addresses, have room in it many times.
const LONGEST_LINE: u64 = 1 << 20;

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
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(JournalErrorKind::Io)?;
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
    if tail.contains(&b'\n') || tail.len() as u64 >= LONGEST_LINE {
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
