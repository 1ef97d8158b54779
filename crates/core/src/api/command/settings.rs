//! What calls through local programs depend on.

use std::path::PathBuf;
use std::time::Duration;

use crate::api::scope::Scope;

/// What calls through local programs depend on.
#[derive(Clone, Debug)]
pub struct CommandSettings {
    /// Where the programs are: an absolute path, `/usr/local/cpanel/bin` on a cPanel server.
    pub bin_dir: PathBuf,
    /// For whom they act: root and resellers for many accounts, through `whmapi1`; an account's owner for that one.
    pub scope: Scope,
    /// Whether a secret may stand in a program's arguments, where it takes it in no other way. Whoever may list the server's processes
    /// can then read it.
    pub allow_argv: bool,
    /// Where a private folder can be made for secrets that a program reads from a file; best one that lies in memory.
    pub private_dir: PathBuf,
    /// How long a call may take as a whole.
    pub timeout: Duration,
}
