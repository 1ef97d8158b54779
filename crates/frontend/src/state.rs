//! Where runs are kept, and who keeps them.

use std::env;
use std::io;

use cprekey_core::journal::{Actor, JournalError, JournalErrorKind, Runs};
use etcetera::BaseStrategy as _;
use nix::unistd::{User, getuid};
use rustix::system::uname;

use crate::exit::Exit;
use crate::failure::Failure;

/// The folder of all runs: `~/.local/state/cprekey`, or under `$XDG_STATE_HOME`.
///
/// # Errors
///
/// Fails where there is no home folder.
pub fn runs() -> Result<Runs, Failure> {
    let homeless = || {
        Failure::new(Exit::Failed, "there is no folder to keep the run's journal in")
            .with_remedy("set XDG_STATE_HOME or HOME; apply --no-journal goes without a journal")
    };
    let strategy = etcetera::choose_base_strategy().map_err(|_| homeless())?;
    Ok(Runs::under(strategy.state_dir().ok_or_else(homeless)?.join("cprekey")))
}

/// Who works here, by which program: as its name and version.
#[must_use]
pub fn actor(program: &str) -> Actor {
    let uid = getuid();
    // Whoever became root by sudo is named too; the variable is sudo's own word, and can be anybody's who is root.
    let by_sudo = env::var("SUDO_USER").ok().filter(|_| uid.is_root()).map(|name| format!(" (sudo: {name})"));
    let name = User::from_uid(uid).ok().flatten().map_or_else(|| uid.to_string(), |user| user.name);
    Actor {
        user: name + by_sudo.as_deref().unwrap_or_default(),
        uid: uid.as_raw(),
        machine: uname().nodename().to_string_lossy().into_owned(),
        pid: std::process::id(),
        program: program.to_owned(),
    }
}

/// The failure that a journal's error is: bad input where the user named a run that cannot be had, else a run that could not be done.
#[must_use]
pub fn failure(error: &JournalError) -> Failure {
    let exit = match &error.kind {
        JournalErrorKind::NoSuchRun | JournalErrorKind::Ambiguous(_) => Exit::BadInput,
        JournalErrorKind::Io(why) if why.kind() == io::ErrorKind::NotFound => Exit::BadInput,
        _ => Exit::Failed,
    };
    Failure::new(exit, error).with_remedy(error.remedy())
}
