//! Where a secret may be: what a run is given for that purpose.

use std::path::{Path, PathBuf};

/// Where the files lie that pass passwords to a local program.
const PRIVATE: &str = "/dev/shm/cprekey-";

/// What may hold secrets in a run.
#[derive(Default)]
pub(crate) struct Allowed {
    /// Variables of the watched program.
    pub(crate) variables: &'static [&'static str],
    /// Files that stay, by their names in the place.
    pub(crate) files: &'static [&'static str],
    /// The folder in which the run was.
    pub(crate) folder: PathBuf,
}

impl Allowed {
    /// Whether a file is there to hold secrets.
    pub(crate) fn may_hold_secrets(&self, name: &str) -> bool {
        name.starts_with(PRIVATE) || self.stays(name)
    }

    /// Whether it may be there in the end.
    pub(crate) fn stays(&self, name: &str) -> bool {
        let path = self.path(name);
        self.files.iter().any(|file| self.folder.join(file) == path)
    }

    /// Where a file of this name is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(Path::new(name))
    }
}
