//! Files and folders that are ours alone: made so, and looked at before they are believed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::process::geteuid;

use super::error::{JournalError, JournalErrorKind};

/// The longest journal that is read: a million rows have room in it four times.
const LONGEST: u64 = 4 << 30;

/// Makes a folder, and those above it, that nobody else may look into; one that is there must be ours.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(JournalError::io(path))?;
    let found = fs::symlink_metadata(path).map_err(JournalError::io(path))?;
    let strange = match () {
        () if !found.is_dir() => "it is no folder",
        () if found.uid() != geteuid().as_raw() => "it belongs to somebody else",
        () if found.mode() & 0o022 != 0 => "others may write into it",
        () => return Ok(()),
    };
    Err(JournalError::new(path, JournalErrorKind::NotOurs(strange)))
}

/// Makes a file that nobody else may read, behind whose end everything is written; there must be none.
pub(super) fn create(path: &Path) -> Result<File, JournalError> {
    ours().create_new(true).append(true).open(path).map_err(JournalError::io(path))
}

/// Opens a file that must be ours, to read it and to write behind its end.
pub(super) fn open(path: &Path) -> Result<File, JournalError> {
    let file = ours().read(true).append(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => JournalError::new(path, JournalErrorKind::NoSuchRun),
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            JournalError::new(path, JournalErrorKind::NotOurs("it is a symbolic link"))
        }
        _ => JournalError::new(path, JournalErrorKind::Io(error)),
    })?;
    check(&file, path)?;
    Ok(file)
}

/// Opens a file that is ours, or makes it.
pub(super) fn open_or_create(path: &Path) -> Result<File, JournalError> {
    let file = ours().read(true).write(true).create(true).truncate(false).open(path).map_err(JournalError::io(path))?;
    check(&file, path)?;
    Ok(file)
}

fn check(file: &File, path: &Path) -> Result<(), JournalError> {
    let found = file.metadata().map_err(JournalError::io(path))?;
    let kind = match () {
        () if !found.is_file() => JournalErrorKind::NotOurs("it is no regular file"),
        () if found.uid() != geteuid().as_raw() => JournalErrorKind::NotOurs("it belongs to somebody else"),
        () if found.mode() & 0o077 != 0 => JournalErrorKind::NotOurs("others may read or write it"),
        () if found.len() > LONGEST => JournalErrorKind::TooLong,
        () => return Ok(()),
    };
    Err(JournalError::new(path, kind))
}

/// Makes sure that what was made or removed in a folder stays so after a power cut.
pub(super) fn sync_folder(path: &Path) -> Result<(), JournalError> {
    if cfg!(feature = "unsynced") {
        return Ok(());
    }
    File::open(path).and_then(|folder| folder.sync_all()).map_err(JournalError::io(path))
}

/// A symbolic link is not followed, a pipe is not waited for.
fn ours() -> OpenOptions {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.mode(0o600).custom_flags(flags.bits().cast_signed());
    options
}
