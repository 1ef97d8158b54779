//! The folder of all runs: a journal each under `runs`, and its key under `keys`.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::error::{JournalError, JournalErrorKind};
use super::history::History;
use super::key::Key;
use super::owned;
use super::reopened::Reopened;
use super::writer::Journal;

/// The ending of a journal's name.
const ENDING: &str = ".jsonl";

/// How long another program that only looks is waited for, and how often.
const LOOK: Duration = Duration::from_millis(2);
const MOST_LOOKS: usize = 10;

/// The word for the newest run.
const LAST: &str = "last";

/// The folder of all runs of one user.
#[derive(Clone, Debug)]
pub struct Runs {
    root: PathBuf,
}

/// Whether somebody works on a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// A program works on it now.
    Running,
    /// Its last session ended, with every row accounted for.
    Ended,
    /// Its last session was cut off.
    CutOff,
}

/// A run that was taken up again: nobody else works on it until the journal is dropped.
pub struct Held {
    /// Its journal, to go on with.
    pub journal: Journal,
    /// What it says so far.
    pub history: History,
    /// The key under which its rows are recognised.
    pub key: Key,
}

impl Runs {
    /// The runs under this folder, which is made where it is needed.
    #[must_use]
    pub fn under(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where a run's journal stands.
    #[must_use]
    pub fn path(&self, run: &str) -> PathBuf {
        self.journals().join(format!("{run}{ENDING}"))
    }

    fn journals(&self) -> PathBuf {
        self.root.join("runs")
    }

    fn key_path(&self, run: &str) -> PathBuf {
        self.root.join("keys").join(format!("{run}.key"))
    }

    /// The folder of the locks.
    pub(super) fn locks(&self) -> Result<PathBuf, JournalError> {
        let folder = self.root.join("locks");
        owned::make_folder(&folder)?;
        Ok(folder)
    }

    /// Begins the journal of a new run, locked for whoever holds it, and keeps its key beside it. Both are there after a power cut; the journal is
    /// empty.
    ///
    /// # Errors
    ///
    /// Where a folder or file cannot be made, or is not ours alone.
    pub fn create(&self, run: &str, key: &Key) -> Result<Journal, JournalError> {
        let key_path = self.key_path(run);
        self.make_folders()?;
        let mut file = owned::create(&key_path)?;
        let journal = file
            .write_all(key.bytes())
            .and_then(|()| file.sync_all())
            .map_err(JournalError::io(&key_path))
            .and_then(|()| self.create_journal(run))
            .and_then(|file| on_its_own_thread(Journal::new(Box::new(file)), &self.path(run)));
        if journal.is_err() {
            // What recognises nothing is no use.
            let _it_stays = fs::remove_file(&key_path);
        }
        owned::sync_folder(parent(&key_path))?;
        journal
    }

    fn create_journal(&self, run: &str) -> Result<File, JournalError> {
        let path = self.path(run);
        let journal = owned::create(&path)?;
        // Whoever looks whether it is held holds it no longer than that.
        journal.lock().map_err(JournalError::io(&path))?;
        owned::sync_folder(parent(&path))?;
        if owned::is_at(&journal, &path) {
            Ok(journal)
        } else {
            Err(JournalError::new(&path, JournalErrorKind::NotOurs("it was removed as soon as it was made")))
        }
    }

    fn make_folders(&self) -> Result<(), JournalError> {
        let folders = [self.root.clone(), self.journals(), self.root.join("keys")];
        folders.iter().try_for_each(|folder| owned::make_folder(folder))
    }

    /// The ids of all runs, newest first.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be read; that there is none is no error.
    pub fn ids(&self) -> Result<Vec<String>, JournalError> {
        let folder = self.journals();
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(JournalError::io(&folder))?,
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry.map_err(JournalError::io(&folder))?.file_name();
            ids.extend(
                name.to_str().and_then(|name| name.strip_suffix(ENDING)).filter(|id| is_id(id)).map(str::to_owned),
            );
        }
        ids.sort_unstable_by(|one, other| other.cmp(one));
        Ok(ids)
    }

    /// The id of the run that the user means: its id, or as much of its beginning as no other has, or `last` for the newest.
    ///
    /// # Errors
    ///
    /// Where there is none, or more than one.
    pub fn find(&self, name: &str) -> Result<String, JournalError> {
        let error = |kind| Err(JournalError::new(name, kind));
        let mut ids = self.ids()?;
        if name == LAST {
            ids.truncate(1);
        } else if !ids.iter().any(|id| id == name) {
            ids.retain(|id| !name.is_empty() && id.starts_with(name));
        } else {
            ids.retain(|id| id == name);
        }
        match ids.len() {
            0 => error(JournalErrorKind::NoSuchRun),
            1 => Ok(ids.remove(0)),
            count => error(JournalErrorKind::Ambiguous(count)),
        }
    }

    /// What a run's journal says, and how the run stands.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, is not ours, or is damaged.
    pub fn read(&self, run: &str) -> Result<(History, State), JournalError> {
        let path = self.path(run);
        let file = owned::open_to_read(&path)?;
        // Asked first: what ends meanwhile is then seen as ended or not, but never as cut off.
        let is_held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        // Reading takes its time, and whoever wants to go on with the run need not wait for it.
        file.unlock().map_err(JournalError::io(&path))?;
        let history = History::read(BufReader::new(&file)).map_err(|kind| JournalError::new(&path, kind))?;
        let state = match history.ended {
            _ if is_held => State::Running,
            Some(_) => State::Ended,
            None => State::CutOff,
        };
        Ok((history, state))
    }

    /// Takes a run up again: locks its journal and reads it. A torn tail is cut off as soon as something is added.
    ///
    /// # Errors
    ///
    /// As [`Self::read`], and where another program works on it.
    pub fn take_up(&self, run: &str) -> Result<Held, JournalError> {
        let path = self.path(run);
        let file = owned::open(&path)?;
        let read = |file: &File| History::read(BufReader::new(file)).map_err(|kind| JournalError::new(&path, kind));
        if !lock(&file).map_err(JournalError::io(&path))? {
            return Err(JournalError::new(&path, held(read(&file).ok().as_ref())));
        }
        if !owned::is_at(&file, &path) {
            return Err(JournalError::new(&path, JournalErrorKind::NoSuchRun));
        }
        let history = read(&file)?;
        let key = self.key(run)?;
        let sink = Reopened::new(file, path.clone(), &history);
        let journal = on_its_own_thread(Journal::after(&history, Box::new(sink)), &path)?;
        Ok(Held { journal, history, key })
    }

    fn key(&self, run: &str) -> Result<Key, JournalError> {
        let path = self.key_path(run);
        let mut bytes = Zeroizing::new(Vec::new());
        let file = owned::open_to_read(&path).map_err(|error| match error.kind {
            JournalErrorKind::NoSuchRun => JournalError::new(&path, JournalErrorKind::KeyGone),
            kind => JournalError::new(&path, kind),
        })?;
        file.take(1024).read_to_end(&mut bytes).map_err(JournalError::io(&path))?;
        Key::read(&bytes).ok_or_else(|| JournalError::new(&path, JournalErrorKind::NotOurs("it is no key")))
    }

    /// Removes a run's journal and its key.
    ///
    /// # Errors
    ///
    /// Where a program works on it, or the files cannot be removed.
    pub fn remove(&self, run: &str) -> Result<(), JournalError> {
        let path = self.path(run);
        let file = owned::open(&path)?;
        if !lock(&file).map_err(JournalError::io(&path))? {
            let history = History::read(BufReader::new(&file)).ok();
            return Err(JournalError::new(&path, held(history.as_ref())));
        }
        let key_path = self.key_path(run);
        match fs::remove_file(&key_path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(JournalError::io(&key_path)(error));
            }
            _ => {}
        }
        fs::remove_file(&path).map_err(JournalError::io(&path))?;
        [parent(&key_path), parent(&path)].into_iter().try_for_each(owned::sync_folder)
    }
}

/// Locks a journal, unless another program works on it. One that only looks holds it for a moment, which is waited out.
fn lock(file: &File) -> io::Result<bool> {
    for _ in 0..MOST_LOOKS {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => thread::sleep(LOOK),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Whether it is what ids are made of: nothing that leads out of the folder.
fn is_id(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Has a journal, which stands at `path`, written by a thread of its own.
fn on_its_own_thread(journal: Journal, path: &Path) -> Result<Journal, JournalError> {
    journal.on_its_own_thread().map_err(JournalError::io(path))
}

/// That the run is in use, and by whom, as its journal says.
fn held(history: Option<&History>) -> JournalErrorKind {
    let by = history.map(|history| history.resumed.last().map_or(&history.begun.by, |resumed| &resumed.by));
    JournalErrorKind::Held { by: by.map_or_else(|| String::from("another program"), ToString::to_string) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn before_the_first_run_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path().join("none"));
        assert_eq!(runs.ids().unwrap(), [""; 0]);
        assert!(matches!(runs.find("last").unwrap_err().kind, JournalErrorKind::NoSuchRun));
        fs::write(folder.path().join("runs"), "").unwrap();
        assert!(matches!(Runs::under(folder.path()).ids().unwrap_err().kind, JournalErrorKind::Io(_)));
    }

    #[test]
    fn what_is_made_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path().join("cprekey"));
        drop(runs.create("one", &Key::random()).unwrap());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for file in [runs.path("one"), runs.key_path("one")] {
            assert_eq!((mode(&file), mode(parent(&file)), mode(&runs.root)), (0o600, 0o700, 0o700));
        }
        assert!(runs.create("one", &Key::random()).is_err(), "no run is begun twice");
    }

    #[test]
    fn only_what_can_be_an_id_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path());
        drop(runs.create("20261122T080000Z-0001", &Key::random()).unwrap());
        for name in ["", "a.b", "a b", "..", "é"] {
            fs::write(runs.path(name), "").unwrap();
        }
        assert_eq!(runs.ids().unwrap(), ["20261122T080000Z-0001"]);
        assert!(matches!(runs.find("a.b").unwrap_err().kind, JournalErrorKind::NoSuchRun));
    }

    #[test]
    fn the_run_that_is_meant_may_be_the_beginning_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path());
        for run in ["one", "one-more"] {
            drop(runs.create(run, &Key::random()).unwrap());
        }
        assert_eq!(runs.find("one").unwrap(), "one");
        assert_eq!(runs.find("one-").unwrap(), "one-more");
        assert!(matches!(runs.find("o").unwrap_err().kind, JournalErrorKind::Ambiguous(2)));
    }

    #[test]
    fn a_key_that_is_none_is_refused_and_one_that_is_gone_can_be_removed() {
        let folder = tempfile::tempdir().unwrap();
        let runs = Runs::under(folder.path());
        let journal = runs.create("one", &Key::random()).unwrap();
        assert!(runs.take_up("one").err().unwrap().to_string().ends_with("in use by another program"));
        assert!(runs.remove("one").unwrap_err().to_string().ends_with("in use by another program"));
        drop(journal);
        let key = fs::read(runs.key_path("one")).unwrap();
        for (bytes, is_key) in [(&key[..], true), (&key[1..], false), (b"", false)] {
            fs::write(runs.key_path("one"), bytes).unwrap();
            assert_eq!(runs.key("one").is_ok(), is_key);
        }
        fs::remove_file(runs.key_path("one")).unwrap();
        fs::create_dir(runs.key_path("one")).unwrap();
        assert!(matches!(runs.remove("one").unwrap_err().kind, JournalErrorKind::Io(_)));
        assert!(runs.path("one").exists());
        fs::remove_dir(runs.key_path("one")).unwrap();
        runs.remove("one").unwrap();
        assert!(!runs.path("one").exists());
        assert!(matches!(runs.remove("one").unwrap_err().kind, JournalErrorKind::NoSuchRun));
    }
}
