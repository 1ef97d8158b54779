//! The one line that the panel prints.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::Path;

use serde::Serialize;

/// What somebody needs to know who has just started a panel.
#[derive(Serialize)]
pub(crate) struct Ready<'a> {
    /// Always true.
    #[serde(rename = "ready")]
    pub(crate) is_up: bool,
    /// Where the cPanel face listens.
    pub(crate) cpanel: SocketAddr,
    /// Where the WHM face listens.
    pub(crate) whm: SocketAddr,
    /// A name that the certificate is good for.
    pub(crate) host: &'a str,
    /// Where the control port listens.
    pub(crate) control: SocketAddr,
    /// The file with what is to be trusted.
    pub(crate) ca_file: &'a Path,
    /// The server's public key, as curl's `--pinnedpubkey` takes it.
    pub(crate) pin: &'a str,
    /// The state folder.
    pub(crate) state: &'a Path,
    /// The log of requests.
    pub(crate) access_log: &'a Path,
    /// The folder of the local programs; null where they were not built.
    pub(crate) bin_dir: Option<&'a Path>,
    /// The log of local programs.
    pub(crate) command_log: &'a Path,
    /// A token for every account.
    pub(crate) tokens: BTreeMap<&'a str, &'a str>,
    /// A token for every user of WHM.
    pub(crate) whm_tokens: BTreeMap<&'a str, &'a str>,
    /// The number of the process.
    pub(crate) pid: u32,
}

impl Ready<'_> {
    /// Prints the line.
    ///
    /// # Errors
    ///
    /// When standard output is closed.
    pub(crate) fn announce(&self) -> io::Result<()> {
        let line = serde_json::to_string(self)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()
    }
}
