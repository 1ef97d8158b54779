//! Cuts XML into pieces: what stands from behind one `<` to before the next.

use std::io::Read;
use std::ops::Range;

use memchr::memchr;
use zeroize::Zeroizing;

use super::super::plain_tags::is_utf_8;
use super::stop::Stop;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// How long a piece and a chunk may be together: no text that a cell can have is as long.
const ROOM: usize = 1 << 20;

/// A part of a workbook, piece by piece. What was read of it is wiped in the end.
pub(super) struct Pieces<R> {
    input: R,
    buffer: Zeroizing<Vec<u8>>,
    /// What of `buffer` was read and not yet given.
    rest: Range<usize>,
    has_ended: bool,
}

impl<R: Read> Pieces<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, buffer: Zeroizing::new(vec![0; ROOM]), rest: 0..0, has_ended: false }
    }

    /// The first piece of all that is neither a mark nor a declaration; what is declared must be UTF-8.
    pub(super) fn root(&mut self) -> Result<&[u8], Stop> {
        if !matches!(self.next()?, b"" | b"\xef\xbb\xbf") {
            return Err(Stop::NotSimple);
        }
        let mut place = self.place()?.ok_or(Stop::NotSimple)?;
        let piece = &self.buffer[place.clone()];
        if piece.starts_with(b"?xml ") {
            if !is_utf_8(piece) {
                return Err(Stop::NotSimple);
            }
            place = self.place()?.ok_or(Stop::NotSimple)?;
        }
        Ok(&self.buffer[place])
    }

    /// The next piece; the first is what stands before the first `<`. There must be one.
    pub(super) fn next(&mut self) -> Result<&[u8], Stop> {
        self.next_or_end()?.ok_or(Stop::NotSimple)
    }

    /// The next piece, or nothing at the end.
    pub(super) fn next_or_end(&mut self) -> Result<Option<&[u8]>, Stop> {
        Ok(self.place()?.map(|place| &self.buffer[place]))
    }

    /// Goes past a piece that must be this one.
    pub(super) fn expect(&mut self, wanted: &[u8]) -> Result<(), Stop> {
        if self.next()? == wanted { Ok(()) } else { Err(Stop::NotSimple) }
    }

    /// Where the next piece stands.
    fn place(&mut self) -> Result<Option<Range<usize>>, Stop> {
        loop {
            let start = self.rest.start;
            if let Some(length) = memchr(b'<', &self.buffer[self.rest.clone()]) {
                self.rest.start += length + 1;
                return Ok(Some(start..start + length));
            }
            if self.has_ended {
                let last = std::mem::replace(&mut self.rest, 0..0);
                return Ok((!last.is_empty()).then_some(last));
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), Stop> {
        self.buffer.copy_within(self.rest.clone(), 0);
        self.rest = 0..self.rest.len();
        let room = self.rest.end..ROOM.min(self.rest.end + CHUNK);
        if room.is_empty() {
            return Err(Stop::NotSimple);
        }
        let read = self.input.read(&mut self.buffer[room])?;
        self.has_ended = read == 0;
        self.rest.end += read;
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn pieces(mut xml: impl Read) -> Vec<usize> {
        let mut pieces = Pieces::new(&mut xml);
        let mut lengths = Vec::new();
        while let Some(piece) = pieces.next_or_end().unwrap() {
            assert!(!piece.contains(&b'<'));
            lengths.push(piece.len());
        }
        lengths
    }

    #[test]
    fn a_piece_may_come_in_many_reads() {
        let long = format!("<a>{}</a>\n", "x".repeat(3 * CHUNK));
        assert_eq!(pieces(long.as_bytes()), [0, 3 * CHUNK + 2, 4]);
        assert_eq!(pieces(&b"<a><b"[..]), [0, 2, 1]);
        assert!(pieces(&b""[..]).is_empty());
        let mut halves = (&b"x<a"[..]).chain(&b"b>"[..]);
        assert_eq!(pieces(&mut halves), [1, 3]);
        assert!(Pieces::new(&b""[..]).next().is_err());
    }

    #[test]
    fn a_piece_that_no_cell_could_have_is_not_simple() {
        let long = "x".repeat(ROOM + 1);
        assert!(matches!(Pieces::new(long.as_bytes()).next(), Err(Stop::NotSimple)));
    }
}
