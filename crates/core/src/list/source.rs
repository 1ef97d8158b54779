//! Where a list comes from, opened so that it can be read more than once.

use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretSlice};
use zeroize::Zeroizing;

use super::error::ListErrorKind;

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

/// An opened list.
pub(super) type Input<'a> = Box<dyn Seekable + 'a>;

/// What is read at most from a source that is not a regular file.
const LONGEST_STREAM: u64 = 256 << 20;

/// Excel's lock files are 165 bytes long.
const LONGEST_LOCK_FILE: u64 = 1024;

impl Source {
    /// The name as the user gave it, made safe for a terminal.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => shown(&path.to_string_lossy()),
            Self::Bytes { name, .. } => shown(name),
        }
    }

    /// Opens it, and says how many bytes it has.
    pub(super) fn open(&self) -> Result<(Input<'_>, u64), ListErrorKind> {
        match self {
            Self::File(path) => open_file(path),
            Self::Bytes { bytes, .. } => {
                let bytes = bytes.expose_secret();
                Ok((Box::new(Cursor::new(bytes)), length(bytes)))
            }
        }
    }
}

fn open_file(path: &Path) -> Result<(Input<'static>, u64), ListErrorKind> {
    let facts = fs::metadata(path)?;
    if facts.is_dir() {
        return Err(ListErrorKind::Directory);
    }
    let file = File::open(path)?;
    if facts.is_file() {
        if is_lock_file(path, facts.len()) {
            return Err(ListErrorKind::LockFile);
        }
        return Ok((Box::new(BufReader::new(file)), facts.len()));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LONGEST_STREAM + 1).read_to_end(&mut bytes)?;
    let length = length(&bytes);
    if length > LONGEST_STREAM {
        return Err(ListErrorKind::TooBig("more than 256 MiB came"));
    }
    Ok((Box::new(Cursor::new(bytes)), length))
}

fn is_lock_file(path: &Path, length: u64) -> bool {
    let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    named && length <= LONGEST_LOCK_FILE
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// A name without what would move a terminal's cursor or turn its text around.
pub(super) fn shown(name: &str) -> String {
    let harmful = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().map(|letter| if harmful(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}
