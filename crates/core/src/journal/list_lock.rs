//! The lock of a list: no two runs give the same rows of one panel passwords at the same time.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::chain::digits;
use super::error::{JournalError, JournalErrorKind};
use super::folder::Runs;
use super::owned;
use crate::entry::Entry;

/// The longest word on who holds a lock.
const LONGEST: u64 = 512;

/// The lock of a list on one panel. The system gives it back when the program ends, however it ends.
#[derive(Debug)]
pub struct ListLock {
    /// Kept open, because it is what holds the lock.
    _file: File,
    path: PathBuf,
}

impl ListLock {
    /// Takes the lock of a list, whatever its name and whichever of its rows are left out, for `by`: who that is, in words.
    ///
    /// # Errors
    ///
    /// Where another run holds it, and where it cannot be had.
    pub fn take(runs: &Runs, panel: &str, user: &str, entries: &[Entry], by: &str) -> Result<Self, JournalError> {
        let path = runs.locks()?.join(format!("{}.lock", identity(panel, user, entries)));
        loop {
            let mut file = owned::open_or_create(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(JournalError::new(&path, held(&mut file))),
                Err(TryLockError::Error(error)) => return Err(JournalError::io(&path)(error)),
            }
            // Whoever held it before may have removed the file between the two calls: then this lock is of nothing.
            if is_at(&file, &path) {
                let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(by.as_bytes()));
                noted.map_err(JournalError::io(&path))?;
                return Ok(Self { _file: file, path });
            }
        }
    }
}

impl Drop for ListLock {
    fn drop(&mut self) {
        let _it_stays_unlocked = fs::remove_file(&self.path);
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(one), Ok(other)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

fn held(file: &mut File) -> JournalErrorKind {
    let mut by = String::new();
    let read = file.take(LONGEST).read_to_string(&mut by);
    let is_told = read.is_ok() && !by.is_empty();
    JournalErrorKind::Held { by: if is_told { by } else { String::from("another run, which begins just now") } }
}

/// What tells a list from others: its rows and what they are of, and where their passwords go. No password is in it.
fn identity(panel: &str, user: &str, entries: &[Entry]) -> String {
    let mut said = Sha256::new();
    let mut part = |text: &str| {
        said.update((text.len() as u64).to_be_bytes());
        said.update(text);
    };
    part(panel);
    part(user);
    for entry in entries {
        part(&entry.row.to_string());
        part(entry.target.as_ref().map_or("", |target| target.as_str()));
    }
    digits(&said.finalize()[..16])
}
