//! A file that is written beside its place and put there whole: readers see the old one or the new one, never a half.

use std::fs::{self, File, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::error::ReportError;
use crate::failpoint::failpoint;

/// What came of a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Placed {
    /// Where it stands; none where there was nothing to write.
    pub path: Option<PathBuf>,
    /// Where the file is kept that stood at its place before.
    pub kept: Option<PathBuf>,
}

/// Who may read the file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Readers {
    /// Its owner alone, from its first moment on: the file holds passwords.
    Owner,
    /// Whoever the user's umask lets: the file holds no password.
    AsUsual,
}

/// A file on its way to its place. Dropped before [`Self::put_in_place`], it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Beside {
    file: NamedTempFile,
    path: PathBuf,
}

impl Beside {
    /// Makes the file under a name of its own in the folder of its place. It is new (`O_EXCL`), so nobody else has it open.
    pub(super) fn create(path: &Path, readers: Readers) -> Result<Self, ReportError> {
        if path.is_dir() {
            return Err(ReportError::IsAFolder { path: path.to_owned() });
        }
        if path.exists() && !path.is_file() {
            return Err(ReportError::NotAFile { path: path.to_owned() });
        }
        let folder = folder_of(path);
        let file = make_file(folder, path, readers)
            .map_err(|source| ReportError::Folder { folder: folder.to_owned(), source: without_path(&source) })?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// The place.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The open file.
    pub(super) fn file(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    /// Puts the file where it belongs, and makes sure that it stays there if the power fails. What stood at the place is kept beside
    /// it; a symbolic link is not followed.
    pub(super) fn put_in_place(self) -> Result<Placed, ReportError> {
        failpoint("report-finish", b"");
        let Self { file, path } = self;
        let placed = file.as_file().sync_all().and_then(|()| {
            let kept = set_aside(&path)?;
            file.persist(&path).map_err(|failure| failure.error)?;
            File::open(folder_of(&path))?.sync_all()?;
            Ok(kept)
        });
        match placed {
            Ok(kept) => Ok(Placed { path: Some(path), kept }),
            Err(source) => Err(ReportError::unwritten(&path, source)),
        }
    }

    /// Puts nothing in place, and keeps what stood there under another name, so that nobody takes it for new.
    pub(super) fn leave_empty(self) -> Result<Placed, ReportError> {
        match set_aside(&self.path) {
            Ok(kept) => Ok(Placed { path: None, kept }),
            Err(source) => Err(ReportError::unwritten(&self.path, source)),
        }
    }
}

/// The folder in which a path's file stands.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => path,
    }
}

/// Renames what stands at the path, if anything does, to the first free name of its kind: `report.csv` becomes `report.1.csv`. A
/// symbolic link is renamed itself, not what it points to.
fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let free = (1..=u32::MAX).map(|number| numbered(path, number)).find(|other| other.symlink_metadata().is_err());
    let other = free.ok_or(io::ErrorKind::AlreadyExists)?;
    fs::rename(path, &other)?;
    Ok(Some(other))
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{number}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

fn make_file(folder: &Path, path: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part").permissions(permissions(readers));
    builder.tempfile_in(folder)
}

fn permissions(readers: Readers) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    Permissions::from_mode(match readers {
        Readers::Owner => 0o600,
        Readers::AsUsual => 0o666,
    })
}

/// Why, without the temporary name, which means nothing to the user.
fn without_path(error: &io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(io::ErrorKind::NotFound, "there is no such folder"),
        kind => kind.into(),
    }
}
