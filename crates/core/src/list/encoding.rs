//! How a text list is encoded: as the user says, else by its byte order mark, else UTF-8, else Windows-1252.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use memchr::memchr_iter;
use zeroize::Zeroizing;

/// How a text list is encoded, and whether that is a guess.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Found {
    pub(super) encoding: &'static Encoding,
    pub(super) guessed: bool,
    /// How many line feeds the text has; 0 where nobody had to read it.
    pub(super) lines: usize,
}

/// Decides from the whole text, which is read to its end where nothing else tells.
pub(super) fn find(text: &mut dyn Read, said: Option<&'static Encoding>) -> io::Result<Found> {
    if let Some(encoding) = said {
        return Ok(Found { encoding, guessed: false, lines: 0 });
    }
    let mut chunk = Zeroizing::new(vec![0; 64 << 10]);
    let mut kept = 0;
    let mut first = true;
    let mut lines = 0;
    loop {
        let read = text.read(&mut chunk[kept..])?;
        let bytes = &chunk[..kept + read];
        if first && let Some((encoding, _)) = Encoding::for_bom(bytes) {
            return Ok(Found { encoding, guessed: false, lines: 0 });
        }
        lines += memchr_iter(b'\n', &bytes[kept..]).count();
        first = false;
        let valid = Encoding::utf8_valid_up_to(bytes);
        let rest = valid..bytes.len();
        if read == 0 || rest.len() >= LONGEST_LETTER {
            let utf8 = rest.is_empty();
            return Ok(Found { encoding: if utf8 { UTF_8 } else { WINDOWS_1252 }, guessed: !utf8, lines });
        }
        kept = rest.len();
        chunk.copy_within(rest, 0);
    }
}

/// So many bytes that are no valid UTF-8 cannot be the beginning of a letter.
const LONGEST_LETTER: usize = 4;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use encoding_rs::{UTF_16BE, UTF_16LE};

    use super::*;

    /// Gives one byte at a time, so that letters come in pieces.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    fn found(mut bytes: &[u8]) -> (&'static Encoding, bool) {
        let found = find(&mut bytes, None).unwrap();
        (found.encoding, found.guessed)
    }

    #[test]
    fn marks_and_valid_letters_tell() {
        assert_eq!(found(b"\xef\xbb\xbfemail"), (UTF_8, false));
        assert_eq!(found(b"\xff\xfee\0"), (UTF_16LE, false));
        assert_eq!(found(b"\xfe\xff\0e"), (UTF_16BE, false));
        assert_eq!(found("é".as_bytes()), (UTF_8, false));
        assert_eq!(found(b"caf\xe9"), (WINDOWS_1252, true));
        assert_eq!(found(b"caf\xe9 and more"), (WINDOWS_1252, true));
        assert_eq!(find(&mut Drip("€é𝄞x".as_bytes()), None).unwrap().encoding, UTF_8);
    }

    #[test]
    fn lines_are_counted_on_the_way() {
        let long = "é,\n".repeat(100_000);
        assert_eq!(find(&mut long.as_bytes(), None).unwrap().lines, 100_000);
        assert_eq!(find(&mut Drip("€\n\né".as_bytes()), None).unwrap().lines, 2);
    }

    #[test]
    fn what_the_user_says_stands() {
        assert_eq!(
            find(&mut &b"\xff\xfe"[..], Some(UTF_8)).unwrap(),
            Found { encoding: UTF_8, guessed: false, lines: 0 }
        );
    }
}
