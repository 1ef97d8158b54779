//! A secret in a file that nobody else can read, and that is gone afterwards.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use super::leftovers;
use crate::failpoint::failpoint;

/// Files with secrets, in a folder of their own (0700). Dropped, all of it is removed.
#[derive(Debug)]
pub(super) struct PrivateFiles {
    folder: TempDir,
    /// Held as long as the folder is needed: what nobody holds is a leftover.
    _hold: File,
    count: usize,
}

impl PrivateFiles {
    /// Makes the folder.
    ///
    /// # Errors
    ///
    /// Where the system makes none.
    pub(super) fn new(within: &Path) -> io::Result<Self> {
        let owner_only = Permissions::from_mode(0o700);
        let name = leftovers::name_of_ours();
        let folder = tempfile::Builder::new().prefix(&name).permissions(owner_only).tempdir_in(within)?;
        let hold = leftovers::hold(folder.path())?;
        Ok(Self { folder, _hold: hold, count: 0 })
    }

    /// Puts a secret into a new file (0600), byte for byte and without a line's end, and gives its path.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, or its path is not text.
    pub(super) fn add(&mut self, secret: &SecretString) -> io::Result<String> {
        self.count += 1;
        let path = self.folder.path().join(self.count.to_string());
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(secret.expose_secret().as_bytes())?;
        failpoint("command-file", secret.expose_secret().as_bytes());
        path.into_os_string().into_string().map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn only_the_owner_can_read_it_and_afterwards_nobody() {
        let within = tempfile::tempdir().unwrap();
        let mut files = PrivateFiles::new(within.path()).unwrap();
        let path = PathBuf::from(files.add(&SecretString::from("@p+q\n")).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"@p+q\n");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_ne!(path.to_str(), files.add(&SecretString::from("another")).ok().as_deref());
        drop(files);
        assert_eq!(fs::read_dir(within.path()).unwrap().count(), 0);
    }
}
