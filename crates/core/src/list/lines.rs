//! A text as UTF-8 whose lines, the last one too, end with a line feed, whatever it was; it knows which byte stands on which line.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::Range;

use encoding_rs::{Decoder, DecoderResult, Encoding};
use memchr::memchr2;
use thiserror::Error;
use zeroize::Zeroizing;

const CHUNK: usize = 16 << 10;

/// Room for a chunk as UTF-8.
const ROOM: usize = CHUNK * 3;

/// A line that is not valid in its encoding; it travels inside an [`io::Error`].
#[derive(Debug, Error)]
#[error("line {line} is not valid {encoding}")]
pub(super) struct MalformedLine {
    pub(super) encoding: &'static str,
    pub(super) line: u32,
}

/// Reads a text as UTF-8, every kind of line end as one line feed, and with one at the very end.
///
/// No cell may hold a line break anyway, so nothing is lost.
pub(super) struct Lines<R> {
    source: R,
    decoder: Decoder,
    raw: Zeroizing<Vec<u8>>,
    /// What of `raw` is not yet decoded.
    undecoded: Range<usize>,
    text: Zeroizing<Vec<u8>>,
    /// What of `text` is not yet given.
    left: Range<usize>,
    last: u8,
    ended: bool,
    /// Bytes of text so far.
    written: u64,
    /// Where the line feeds stand that nobody has asked about yet.
    feeds: VecDeque<u64>,
    /// How many line feeds stood before those.
    passed: u32,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: Zeroizing::new(vec![0; CHUNK]),
            undecoded: 0..0,
            // One more for the line feed at the very end.
            text: Zeroizing::new(vec![0; ROOM + 1]),
            left: 0..0,
            last: b'\n',
            ended: false,
            written: 0,
            feeds: VecDeque::new(),
            passed: 0,
        }
    }

    /// The line, from 1, on which the byte at this offset stands. Offsets must ascend from call to call.
    pub(super) fn line_of(&mut self, offset: u64) -> u32 {
        while self.feeds.front().is_some_and(|feed| *feed < offset) {
            self.pass();
        }
        self.passed.saturating_add(1)
    }

    /// The line on which the first byte at or after this offset stands that is not a line feed.
    pub(super) fn line_of_text_from(&mut self, mut offset: u64) -> u32 {
        self.line_of(offset);
        while self.feeds.front() == Some(&offset) {
            self.pass();
            offset += 1;
        }
        self.passed.saturating_add(1)
    }

    fn pass(&mut self) {
        self.feeds.pop_front();
        self.passed = self.passed.saturating_add(1);
    }

    /// Decodes the next piece; it may come out empty.
    fn refill(&mut self) -> io::Result<()> {
        if self.undecoded.is_empty() && !self.ended {
            let read = self.source.read(&mut self.raw)?;
            self.undecoded = 0..read;
            self.ended = read == 0;
        }
        let raw = &self.raw[self.undecoded.clone()];
        let (result, read, mut written) =
            self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text[..ROOM], self.ended);
        self.undecoded.start += read;
        let whole = self.ended && result == DecoderResult::InputEmpty;
        let last = if written == 0 { self.last } else { self.text[written - 1] };
        if whole && !matches!(last, b'\n' | b'\r') {
            self.text[written] = b'\n';
            written += 1;
        }
        self.left = 0..self.even_line_ends(written);
        match result {
            DecoderResult::Malformed(..) => Err(self.malformed()),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
        }
    }

    /// Makes one line feed of every line end in so many bytes of text, and says how many are left.
    fn even_line_ends(&mut self, written: usize) -> usize {
        let text = &mut self.text[..written];
        let (mut seen, mut kept) = (0, 0);
        while let Some(length) = memchr2(b'\n', b'\r', &text[seen..]) {
            let end = seen + length;
            let byte = text[end];
            let second_half = length == 0 && byte == b'\n' && self.last == b'\r';
            if !second_half {
                text[end] = b'\n';
                text.copy_within(seen..=end, kept);
                kept += length + 1;
                self.feeds.push_back(self.written + kept as u64 - 1);
            }
            self.last = byte;
            seen = end + 1;
        }
        if seen < written {
            self.last = text[written - 1];
            text.copy_within(seen.., kept);
            kept += written - seen;
        }
        self.written += kept as u64;
        kept
    }

    fn malformed(&self) -> io::Error {
        let ahead = u32::try_from(self.feeds.len()).unwrap_or(u32::MAX);
        let line = self.passed.saturating_add(ahead).saturating_add(1);
        io::Error::new(io::ErrorKind::InvalidData, MalformedLine { encoding: self.decoder.encoding().name(), line })
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let rest = &self.text[self.left.clone()];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.left.start += count;
        Ok(count)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use encoding_rs::{UTF_8, UTF_16LE, WINDOWS_1252};
    use proptest::prelude::*;

    use super::*;

    /// Gives one piece after the other.
    struct Pieces(VecDeque<Vec<u8>>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let piece = self.0.pop_front().unwrap_or_default();
            buffer[..piece.len()].copy_from_slice(&piece);
            Ok(piece.len())
        }
    }

    fn read(bytes: &[u8], encoding: &'static Encoding) -> io::Result<String> {
        let mut text = String::new();
        Lines::new(bytes, encoding).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn every_line_end_is_a_line_feed() {
        assert_eq!(read(b"a\r\nb\rc\nd\n\re", UTF_8).unwrap(), "a\nb\nc\nd\n\ne\n");
        assert_eq!(read(b"\xff\xfea\0\r\0\n\0b\0", UTF_16LE).unwrap(), "a\nb\n");
        assert_eq!(read(b"\xef\xbb\xbfa", UTF_8).unwrap(), "a\n");
        assert_eq!(read(b"caf\xe9 \x80", WINDOWS_1252).unwrap(), "café €\n");
        assert_eq!(read(b"", UTF_8).unwrap(), "");
        let long = "é\r\n".repeat(CHUNK);
        assert_eq!(read(long.as_bytes(), UTF_8).unwrap(), "é\n".repeat(CHUNK));
    }

    proptest! {
        #[test]
        fn lines_are_the_same_however_they_come(text in "([aé]|\n|\r|\r\n){0,40}", piece in 1..5_usize) {
            let plain = text.replace("\r\n", "\n").replace('\r', "\n");
            let end = if plain.is_empty() || plain.ends_with('\n') { "" } else { "\n" };
            let pieces = text.as_bytes().chunks(piece).map(<[u8]>::to_vec).collect();
            let mut lines = Lines::new(Pieces(pieces), UTF_8);
            let mut read = String::new();
            lines.read_to_string(&mut read).unwrap();
            let feeds: Vec<u64> = read.bytes().zip(0..).filter(|(byte, _)| *byte == b'\n').map(|(_, at)| at).collect();
            prop_assert_eq!(Vec::from(lines.feeds), feeds);
            prop_assert_eq!(read, plain + end);
        }
    }

    #[test]
    fn a_malformed_line_is_named() {
        for (bytes, line) in [(&b"a\r\nb\nc\xff"[..], 3), (b"\xe9", 1), (b"a\n\xe2\x82", 2)] {
            let error = read(bytes, UTF_8).unwrap_err();
            let malformed = error.get_ref().unwrap().downcast_ref::<MalformedLine>().unwrap();
            assert_eq!(malformed.line, line);
        }
    }

    #[test]
    fn bytes_know_their_line() {
        let mut lines = Lines::new(&b"a\r\n\r\n\r\nb\nc"[..], UTF_8);
        lines.read_to_string(&mut String::new()).unwrap();
        assert_eq!(lines.line_of(0), 1);
        assert_eq!(lines.line_of_text_from(2), 4);
        assert_eq!(lines.line_of(6), 5);
    }
}
