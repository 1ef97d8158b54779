//! The lock of a list: no two runs give the same rows of one panel passwords at the same time.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::PathBuf;

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
            if owned::is_at(&file, &path) {
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
    let digits: [u8; 32] = digits(said.finalize());
    str::from_utf8(&digits).unwrap_or_default().to_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::entry::Task;
    use crate::reason::Reason;

    fn entry(row: u32, address: Option<&str>) -> Entry {
        let target = address.map(|address| Address::parse(address).unwrap().into());
        Entry { row, target, account: None, task: Task::Skipped(Reason::Filtered) }
    }

    #[test]
    fn a_list_is_told_by_its_rows_and_by_where_its_passwords_go() {
        let rows = [entry(2, Some("anna@example.com")), entry(3, None)];
        let mut identities = vec![
            identity("a", "b", &rows),
            identity("ab", "", &rows),
            identity("b", "a", &rows),
            identity("a", "b", &rows[..1]),
            identity("a", "b", &[]),
            identity("a", "b", &[entry(2, Some("anna@example.com")), entry(4, None)]),
            identity("a", "b", &[entry(2, Some("ann@example.com")), entry(3, None)]),
        ];
        assert_eq!(identities[0], identity("a", "b", &rows));
        assert!(identities.iter().all(|identity| identity.len() == 32));
        identities.sort();
        identities.dedup();
        assert_eq!(identities.len(), 7);
    }

    #[test]
    fn who_holds_a_lock_is_said_as_far_as_it_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        for (written, by) in [("", "another run, which begins just now"), ("process 7", "process 7")] {
            fs::write(&path, written).unwrap();
            assert!(matches!(held(&mut File::open(&path).unwrap()), JournalErrorKind::Held { by: told } if told == by));
        }
        fs::write(&path, [0xff]).unwrap();
        assert!(held(&mut File::open(&path).unwrap()).to_string().ends_with("begins just now"));
    }

    #[test]
    fn a_lock_is_of_the_file_that_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let file = File::create(&path).unwrap();
        assert!(owned::is_at(&file, &path));
        fs::rename(&path, folder.path().join("aside")).unwrap();
        assert!(!owned::is_at(&file, &path));
        fs::write(&path, "").unwrap();
        assert!(!owned::is_at(&file, &path));
    }

    #[test]
    fn who_takes_a_lock_is_written_into_it_alone() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path());
        let path = folder.path().join("locks").join(format!("{}.lock", identity("a", "b", &[])));
        let lock = ListLock::take(&runs, "a", "b", &[], "process 7").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "process 7");
        drop(lock);
        assert!(!path.exists());
        owned::open_or_create(&path).unwrap().write_all(b"what a killed program left").unwrap();
        let _lock = ListLock::take(&runs, "a", "b", &[], "process 8").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "process 8");
    }
}
