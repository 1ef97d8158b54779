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

/// Makes a folder, and those above it, that nobody else may look into; one that is there must be ours. What is made stays after a power cut.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    make(path)?;
    let found = fs::symlink_metadata(path).map_err(JournalError::io(path))?;
    let strange = match () {
        () if !found.is_dir() => "it is no folder",
        () if found.uid() != geteuid().as_raw() => "it belongs to somebody else",
        () if found.mode() & 0o022 != 0 => "others may write into it",
        () => return Ok(()),
    };
    Err(JournalError::new(path, JournalErrorKind::NotOurs(strange)))
}

/// Makes a folder where there is none, and those above it.
fn make(path: &Path) -> Result<(), JournalError> {
    let Some(above) = path.parent().filter(|_| path.symlink_metadata().is_err()) else { return Ok(()) };
    make(above)?;
    match DirBuilder::new().mode(0o700).create(path) {
        // Another run was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(JournalError::io(path)(error)),
        Ok(()) => sync_folder(above),
    }
}

/// Makes a file that nobody else may read, behind whose end everything is written; there must be none.
pub(super) fn create(path: &Path) -> Result<File, JournalError> {
    ours().create_new(true).append(true).open(path).map_err(JournalError::io(path))
}

/// Opens a file that must be ours, to read it and to write behind its end.
pub(super) fn open(path: &Path) -> Result<File, JournalError> {
    open_as(ours().read(true).append(true), path)
}

/// Opens a file that must be ours, to read it.
pub(super) fn open_to_read(path: &Path) -> Result<File, JournalError> {
    open_as(ours().read(true), path)
}

fn open_as(options: &OpenOptions, path: &Path) -> Result<File, JournalError> {
    let file = options.open(path).map_err(|error| match error.kind() {
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

/// Whether it is this file that stands at the path.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(one), Ok(other)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (one.dev(), one.ino()) == (other.dev(), other.ino())
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn refused<T>(result: Result<T, JournalError>) -> String {
        result.err().unwrap().kind.to_string()
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_folder_must_be_one_into_which_nobody_else_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        make_folder(&path).unwrap();
        make_folder(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        for (mode, is_taken) in [(0o755, true), (0o720, false), (0o702, false), (0o700, true)] {
            set_mode(&path, mode);
            assert_eq!(make_folder(&path).is_ok(), is_taken, "{mode:o}");
        }
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        assert_eq!(refused(make_folder(&link)), "it is no folder");
        sync_folder(&path).unwrap();
        assert!(sync_folder(&folder.path().join("none")).is_err());
    }

    #[test]
    fn a_file_must_be_one_that_is_ours_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        assert_eq!(refused(open(&path)), "there is no such run");
        create(&path).unwrap().write_all(b"one").unwrap();
        assert!(create(&path).is_err());
        open(&path).unwrap().write_all(b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"onetwo");
        for (mode, is_taken) in
            [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false), (0o700, true)]
        {
            set_mode(&path, mode);
            // Root may do without the mode; anybody else may not write to what is for reading alone.
            let is_taken = is_taken && (mode != 0o400 || geteuid().is_root());
            assert_eq!((open(&path).is_ok(), open_or_create(&path).is_ok()), (is_taken, is_taken), "{mode:o}");
        }
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        assert_eq!(refused(open(&link)), "it is a symbolic link");
        assert!(open_or_create(&link).is_err());
    }

    #[test]
    fn the_longest_journal_is_read_and_no_longer_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let file = create(&path).unwrap();
        for (length, is_taken) in [(4 << 30, true), ((4 << 30) + 1, false)] {
            file.set_len(length).unwrap();
            assert_eq!(open(&path).is_ok(), is_taken, "{length}");
        }
    }

    #[test]
    fn what_is_no_file_or_of_another_user_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        assert_eq!(refused(open(&pipe)), "it is no regular file");
        // Root alone may give something away.
        if geteuid().is_root() {
            let file = folder.path().join("file");
            drop(create(&file).unwrap());
            for path in [file.as_path(), folder.path()] {
                std::os::unix::fs::chown(path, Some(12_345), None).unwrap();
            }
            assert_eq!(refused(open(&file)), "it belongs to somebody else");
            assert_eq!(refused(make_folder(folder.path())), "it belongs to somebody else");
        }
    }
}
