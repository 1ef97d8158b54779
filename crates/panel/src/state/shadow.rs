//! Shadow files: read, changed under a lock, and renamed into place.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::crypt::{Hasher, verify};
use super::layout::Layout;
use super::shadow_text::ShadowText;

/// Why a password store failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// A file could not be read or written.
    #[error("use {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The crypt library refused.
    #[error("hash a password: {0}")]
    Hash(#[from] sha_crypt::password_hash::Error),
}

/// The shadow files of a state folder.
pub(crate) struct ShadowFiles {
    layout: Layout,
    hasher: Hasher,
}

impl ShadowFiles {
    /// The files below `layout`; new hashes are made by `hasher`.
    pub(crate) fn new(layout: Layout, hasher: Hasher) -> Self {
        Self { layout, hasher }
    }

    /// Gives the user a new password; a lock stays as `locked` says.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or replaced.
    pub(crate) fn set(&self, place: Place<'_>, password: &[u8], locked: bool) -> Result<(), StoreError> {
        let hash = self.hasher.hash(password)?;
        self.edit(place, |text| text.set(place.user, &hash, locked))
    }

    /// Locks or unlocks the user's hash, whatever it is.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or replaced.
    pub(crate) fn lock(&self, place: Place<'_>, locked: bool) -> Result<(), StoreError> {
        self.edit(place, |text| {
            if let Some(hash) = text.hash(place.user).map(|(hash, _)| hash.to_owned()) {
                text.set(place.user, &hash, locked);
            }
        })
    }

    /// Whether the password is the user's; a lock makes no difference.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub(crate) fn verify(&self, place: Place<'_>, password: &[u8]) -> Result<bool, StoreError> {
        let text = self.text(place)?;
        Ok(text.hash(place.user).is_some_and(|(hash, _)| verify(password, hash)))
    }

    /// The file that `place` lies in.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn text(&self, place: Place<'_>) -> Result<ShadowText, StoreError> {
        read(&self.path(place))
    }

    /// Hashes a password as this store does.
    ///
    /// # Errors
    ///
    /// When the crypt library refuses.
    pub(crate) fn hash(&self, password: &[u8]) -> Result<String, StoreError> {
        Ok(self.hasher.hash(password)?)
    }

    /// Changes the file that `place` lies in, under its lock.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or replaced.
    pub(crate) fn edit(&self, place: Place<'_>, change: impl FnOnce(&mut ShadowText)) -> Result<(), StoreError> {
        let path = self.path(place);
        let _held = hold(&path.with_extension("lock"))?;
        let mut text = read(&path)?;
        change(&mut text);
        replace(&path, text.as_str()).map_err(|source| StoreError::File { path, source })
    }

    fn path(&self, place: Place<'_>) -> PathBuf {
        let folder = match place.book {
            Book::Mail { account, domain } => self.layout.etc(account, domain),
            Book::System => self.layout.system_etc(),
        };
        folder.join("shadow")
    }
}

/// Whose line in which file.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The file.
    pub(crate) book: Book<'a>,
    /// The local part of a mailbox, or the name of an account.
    pub(crate) user: &'a str,
}

/// One of the shadow files.
#[derive(Clone, Copy)]
pub(crate) enum Book<'a> {
    /// That of the mailboxes of a domain.
    Mail {
        /// The account that owns the domain.
        account: &'a str,
        /// The domain.
        domain: &'a str,
    },
    /// That of the accounts.
    System,
}

/// Takes the lock; it is given back when the file is dropped.
fn hold(path: &Path) -> Result<File, StoreError> {
    let take = || {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        let file = File::options().create(true).append(true).open(path)?;
        file.lock()?;
        Ok(file)
    };
    take().map_err(|source| StoreError::File { path: path.to_path_buf(), source })
}

fn read(path: &Path) -> Result<ShadowText, StoreError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(ShadowText::new(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(ShadowText::new(String::new())),
        Err(source) => Err(StoreError::File { path: path.to_path_buf(), source }),
    }
}

/// Writes beside and renames. The new file is at least a second younger than the old one, because Dovecot compares
/// whole seconds and sizes, and all our lines are equally long. It is for its owner's eyes alone, or as the old one was.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = tempfile::Builder::new().prefix(".shadow-").tempfile_in(path.parent().unwrap_or(path))?;
    let mut file = beside.as_file();
    file.write_all(text.as_bytes())?;
    let now = SystemTime::now();
    match fs::metadata(path) {
        Ok(old) => {
            resemble(file, &old)?;
            file.set_modified(now.max(old.modified()? + Duration::from_secs(1)))?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => file.set_modified(now)?,
        Err(error) => return Err(error),
    }
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Gives the file the owner and the mode of the old one. Only root may give files away; for others they stay their own.
fn resemble(file: &File, old: &Metadata) -> io::Result<()> {
    match fchown(file, Some(old.uid()), Some(old.gid())) {
        Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
        _ => file.set_permissions(old.permissions()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, chown};

    use super::*;

    const ANNA: Place<'_> = Place { book: Book::Mail { account: "shop", domain: "example.com" }, user: "anna" };

    #[test]
    fn a_change_can_be_verified_and_keeps_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let files = ShadowFiles::new(Layout::new(folder.path().to_path_buf()), Hasher::new(1000).unwrap());
        files.set(ANNA, b"first", false).unwrap();
        files.lock(ANNA, true).unwrap();
        assert!(files.verify(ANNA, b"first").unwrap());
        assert!(!files.verify(ANNA, b"second").unwrap());
        let text = fs::read_to_string(folder.path().join("home/shop/etc/example.com/shadow")).unwrap();
        assert!(text.starts_with("anna:!$6$") && text.ends_with(":19000::::::\n"), "{text}");
    }

    #[test]
    fn a_new_file_is_its_owners_alone_and_a_change_keeps_mode_and_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shadow");
        replace(&path, "a").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        // Giving a file away takes root; for anybody else the owner is the same before and after.
        let _ = chown(&path, Some(1234), Some(1235));
        let old = fs::metadata(&path).unwrap();
        replace(&path, "b").unwrap();
        let new = fs::metadata(&path).unwrap();
        assert_eq!((new.mode(), new.uid(), new.gid()), (old.mode(), old.uid(), old.gid()));
        assert_ne!(new.ino(), old.ino());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn every_change_makes_the_file_a_second_younger() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shadow");
        replace(&path, "a").unwrap();
        let first = fs::metadata(&path).unwrap().modified().unwrap();
        replace(&path, "b").unwrap();
        replace(&path, "c").unwrap();
        let third = fs::metadata(&path).unwrap().modified().unwrap();
        assert!(third.duration_since(first).unwrap() >= Duration::from_secs(2));
    }
}
