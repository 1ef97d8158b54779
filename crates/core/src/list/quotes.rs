//! Watches the quotation marks of a text list on its way: one too many would silently join rows or change a cell.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter};
use thiserror::Error;

use super::lines::Lines;

/// A quotation mark that is not where it should be; it travels inside an [`io::Error`].
#[derive(Debug, Eq, Error, PartialEq)]
pub(super) enum BadQuote {
    #[error("the quotation mark on line {0} is never closed")]
    Open(u32),
    #[error("something follows a closing quotation mark on line {0}")]
    Stray(u32),
}

/// Lines whose quotation marks are in order: a cell is quoted as a whole, or not at all.
pub(super) struct Quotes<R> {
    lines: Lines<R>,
    delimiter: u8,
    state: State,
    line: u32,
    opened: u32,
}

#[derive(Clone, Copy)]
enum State {
    CellBegins,
    Bare,
    Quoted,
    /// After a quotation mark within a quoted cell: its end, or the first half of two.
    Closing,
}

impl<R: Read> Quotes<R> {
    pub(super) fn new(lines: Lines<R>, delimiter: u8) -> Self {
        Self { lines, delimiter, state: State::CellBegins, line: 1, opened: 0 }
    }

    /// The lines that are watched.
    pub(super) fn lines(&mut self) -> &mut Lines<R> {
        &mut self.lines
    }

    /// Watches a piece of text, and looks closely only at what is near a quotation mark.
    fn watch_all(&mut self, mut text: &[u8]) -> Result<(), BadQuote> {
        while !text.is_empty() {
            let plain = match self.state {
                State::Closing => 0,
                State::CellBegins | State::Bare | State::Quoted => memchr(b'"', text).unwrap_or(text.len()),
            };
            self.pass_over(&text[..plain]);
            text = &text[plain..];
            if let Some((byte, rest)) = text.split_first() {
                self.watch(*byte)?;
                text = rest;
            }
        }
        Ok(())
    }

    /// Passes over a text without a quotation mark, of which only the end and the lines matter.
    fn pass_over(&mut self, text: &[u8]) {
        let Some(last) = text.last() else { return };
        if !matches!(self.state, State::Quoted) {
            self.state = if self.is_end(*last) { State::CellBegins } else { State::Bare };
        }
        let lines = u32::try_from(memchr_iter(b'\n', text).count()).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(lines);
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n'
    }

    fn watch(&mut self, byte: u8) -> Result<(), BadQuote> {
        let ends = self.is_end(byte);
        self.state = match self.state {
            State::CellBegins if byte == b'"' => {
                self.opened = self.line;
                State::Quoted
            }
            State::Quoted if byte == b'"' => State::Closing,
            State::Quoted => State::Quoted,
            State::Closing if byte == b'"' => State::Quoted,
            State::Closing if !ends => return Err(BadQuote::Stray(self.line)),
            State::CellBegins | State::Bare | State::Closing if ends => State::CellBegins,
            State::CellBegins | State::Bare | State::Closing => State::Bare,
        };
        self.line = self.line.saturating_add(u32::from(byte == b'\n'));
        Ok(())
    }

    fn end(&self) -> Result<(), BadQuote> {
        if matches!(self.state, State::Quoted) { Err(BadQuote::Open(self.opened)) } else { Ok(()) }
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.lines.read(buffer)?;
        self.watch_all(&buffer[..count]).map_err(|quote| io::Error::new(io::ErrorKind::InvalidData, quote))?;
        if count == 0 && !buffer.is_empty() {
            self.end().map_err(|quote| io::Error::new(io::ErrorKind::InvalidData, quote))?;
        }
        Ok(count)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use encoding_rs::UTF_8;
    use proptest::prelude::*;

    use super::*;

    fn watched(text: &str) -> Result<usize, BadQuote> {
        let mut quotes = Quotes::new(Lines::new(text.as_bytes(), UTF_8), b';');
        quotes.read_to_end(&mut Vec::new()).map_err(|error| error.downcast::<BadQuote>().unwrap())
    }

    #[test]
    fn quotation_marks_in_order_pass() {
        for text in ["a;b\n", "\"a\";\"b\"\"c\"\r\n\"\";x\n", "a\"b;c\"\"\n", "\"two\nlines\";x", ""] {
            assert!(watched(text).is_ok(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_passed_over_is_watched_all_the_same(text in "([a;]|\n|\"){0,30}") {
            let fresh = || Quotes::new(Lines::new(&b""[..], UTF_8), b';');
            let (mut whole, mut single) = (fresh(), fresh());
            let watched = text.bytes().try_for_each(|byte| single.watch(byte));
            prop_assert_eq!(whole.watch_all(text.as_bytes()), watched);
            prop_assert_eq!(whole.line, single.line);
            prop_assert_eq!(whole.end(), single.end());
        }
    }

    #[test]
    fn one_that_is_not_in_order_is_told_with_its_line() {
        assert_eq!(watched("a;b\nc;\"d\ne;f\n"), Err(BadQuote::Open(2)));
        assert_eq!(watched("a;b\nc;\"d"), Err(BadQuote::Open(2)));
        assert_eq!(watched("a;b\n\"c\"d;e\n"), Err(BadQuote::Stray(2)));
        assert_eq!(watched("\"a\" ;b\n"), Err(BadQuote::Stray(1)));
    }
}
