//! Where a list comes from, opened so that it can be read more than once.

use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretSlice};
use zeroize::Zeroizing;

use super::error::{ListError, ListErrorKind};
use super::watch::Watch;
use crate::text::safe;

/// Where a list comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file of this path.
    File(PathBuf),
    /// Bytes that the caller has read, for instance standard input.
    Bytes {
        /// How the user calls it; `-` for standard input.
        name: String,
        /// All of it; wiped when dropped, since passwords stand in it.
        bytes: SecretSlice<u8>,
    },
}

/// What can be read from any place.
pub(super) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// A list's content.
pub(super) type Input<'a> = Box<dyn Seekable + 'a>;

/// An opened list.
pub(super) struct Opened<'a> {
    pub(super) input: Input<'a>,
    /// How many bytes it has.
    pub(super) length: u64,
    /// Its file, where it is an ordinary one.
    pub(super) watch: Option<Watch>,
}

/// The longest text list in a file, in bytes: a million rows with long cells have room in it.
pub(super) const LONGEST_TEXT_LIST: u64 = 256 << 20;

/// The most that is read of a stream, in bytes. It is held in memory as a whole; a million rows have room in it.
const LONGEST_STREAM: u64 = 64 << 20;

/// What is read of a file at once: the look at its head and whatever reads text take as much or more, so that no text stays behind in
/// the file's buffer, which nobody wipes.
const FILE_BUFFER: usize = 4096;

/// How much of a stream is read into one piece.
const PIECE: usize = 64 << 10;

/// Excel's lock files are 165 bytes long.
const LONGEST_LOCK_FILE: u64 = 1024;

impl Source {
    /// Reads a stream, for instance standard input, to its end; `name` is how the user calls it. Give it a stream without a buffer of its
    /// own: what stays in that is not wiped.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, and where it is longer than any stream may be (64 MiB).
    pub fn from_stream(name: &str, stream: impl Read) -> Result<Self, ListError> {
        let bytes = read_whole(stream, LONGEST_STREAM).map_err(|kind| kind.in_file(&safe(name)))?;
        Ok(Self::Bytes { name: name.to_owned(), bytes })
    }

    /// The name as the user gave it, made safe for a terminal.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => safe(&path.to_string_lossy()).into_owned(),
            Self::Bytes { name, .. } => safe(name).into_owned(),
        }
    }

    /// Opens it.
    pub(super) fn open(&self) -> Result<Opened<'_>, ListErrorKind> {
        match self {
            Self::File(path) => open_file(path),
            Self::Bytes { bytes, .. } => {
                let bytes = bytes.expose_secret();
                Ok(Opened { input: Box::new(Cursor::new(bytes)), length: length(bytes), watch: None })
            }
        }
    }
}

fn open_file(path: &Path) -> Result<Opened<'static>, ListErrorKind> {
    let facts = fs::metadata(path)?;
    if facts.is_dir() {
        return Err(ListErrorKind::Directory);
    }
    let file = File::open(path)?;
    if facts.is_file() {
        if is_lock_file(path, facts.len()) {
            return Err(ListErrorKind::LockFile);
        }
        let facts = file.metadata()?;
        let watch = Watch::new(&file, &facts);
        let input = Box::new(BufReader::with_capacity(FILE_BUFFER, file));
        return Ok(Opened { input, length: facts.len(), watch });
    }
    let bytes = read_whole(file, LONGEST_STREAM)?;
    let length = length(bytes.expose_secret());
    Ok(Opened { input: Box::new(Cursor::new(Secret(bytes))), length, watch: None })
}

/// Bytes as a cursor takes them.
struct Secret(SecretSlice<u8>);

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// Reads a stream piece by piece, so that nothing grows and leaves copies behind.
fn read_whole(mut stream: impl Read, most: u64) -> Result<SecretSlice<u8>, ListErrorKind> {
    let mut pieces: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    let mut total = 0;
    let mut ended = false;
    while !ended {
        let mut piece = Zeroizing::new(Vec::with_capacity(PIECE));
        let read = stream.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        ended = read < PIECE;
        total += read;
        if total as u64 > most {
            return Err(ListErrorKind::TooBig("more than 64 MiB came"));
        }
        pieces.push(piece);
    }
    let mut whole = Vec::with_capacity(total);
    for piece in pieces {
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}

fn is_lock_file(path: &Path, length: u64) -> bool {
    let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    named && length <= LONGEST_LOCK_FILE
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_read_whole_and_no_further_than_allowed() {
        let long = b"email,password\n".repeat(10_000);
        let bytes = read_whole(&long[..], length(&long)).unwrap();
        assert_eq!(bytes.expose_secret(), long);
        assert!(matches!(read_whole(&long[..], length(&long) - 1), Err(ListErrorKind::TooBig(_))));
        assert!(read_whole(std::io::empty(), 0).unwrap().expose_secret().is_empty());
    }

    /// INP-36: `/dev/zero` and its like, by its path and on standard input.
    #[test]
    fn an_endless_stream_is_refused() {
        let error = Source::from_stream("-", std::io::repeat(b'x')).unwrap_err();
        assert_eq!(error.to_string(), "-: it is too big for a list: more than 64 MiB came");
        assert!(error.remedy().is_some());
        let Err(error) = Source::File("/dev/zero".into()).open() else { unreachable!() };
        assert!(matches!(error, ListErrorKind::TooBig(_)), "{error}");
    }
}
