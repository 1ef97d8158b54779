//! Where things lie in the state folder: as on a cPanel server, below a root of our own.

use std::path::{Path, PathBuf};

/// The folders and files of a state.
#[derive(Clone)]
pub(crate) struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout below `root`.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder of everything.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// An account's home.
    pub(crate) fn home(&self, account: &str) -> PathBuf {
        self.root.join("home").join(account)
    }

    /// The folder of a domain's passwd and shadow files.
    pub(crate) fn etc(&self, account: &str, domain: &str) -> PathBuf {
        self.home(account).join("etc").join(domain)
    }

    /// The folder of the accounts' own shadow file.
    pub(crate) fn system_etc(&self) -> PathBuf {
        self.root.join("etc")
    }

    /// The folder of certificates and keys.
    pub(crate) fn tls(&self) -> PathBuf {
        self.root.join("tls")
    }

    /// The log of requests.
    pub(crate) fn access_log(&self) -> PathBuf {
        self.root.join("access_log")
    }

    /// The log of local programs.
    pub(crate) fn command_log(&self) -> PathBuf {
        self.root.join("command_log")
    }

    /// The folder of the local programs, unless another is wanted.
    pub(crate) fn bin(&self) -> PathBuf {
        self.root.join("bin")
    }

    /// The socket that local programs speak to.
    pub(crate) fn socket(&self) -> PathBuf {
        self.root.join("panel.sock")
    }

    /// What a running panel holds locked.
    pub(crate) fn lock(&self) -> PathBuf {
        self.root.join("panel.lock")
    }
}
