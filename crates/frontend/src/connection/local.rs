//! The way through this server's own programs.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cprekey_core::api::command::{CommandPanel, CommandSettings};
use cprekey_core::api::{Call, Scope};
use rustix::process::geteuid;
use rustix::system::uname;

use super::args::{ConnectionArgs, FaceChoice};
use super::door::Explanation;
use super::way::{Connection, Way};
use crate::failure::Failure;

/// Looks for the programs, and starts none.
pub(super) fn connect(args: ConnectionArgs) -> Result<Connection, Failure> {
    let scope = scope(&args)?;
    let host = uname().nodename().to_string_lossy().into_owned();
    Ok(Connection { way: Way::Local(panel(args, scope)?), scope, host, user: user(), insecure: false })
}

/// What would be started for a call.
pub(super) fn explain(args: ConnectionArgs, call: &Call<'_>) -> Result<Explanation, Failure> {
    let scope = scope(&args)?;
    panel(args, scope)?.explain(call).map(Explanation::Run).map_err(Failure::bad_input)
}

/// For whom the programs act.
pub(super) fn scope(args: &ConnectionArgs) -> Result<Scope, Failure> {
    scope_of(geteuid().is_root(), args.face)
}

fn panel(args: ConnectionArgs, scope: Scope) -> Result<CommandPanel, Failure> {
    let settings = CommandSettings {
        bin_dir: args.bin_dir,
        scope,
        allow_argv: args.allow_argv,
        private_dir: private_dir(),
        timeout: args.timeout,
    };
    CommandPanel::new(settings).map_err(|error| Failure::bad_input(&error).with_remedy(error.remedy()))
}

/// For whom the programs act: root for every account, a reseller for theirs where they say so, anybody else for their own.
fn scope_of(is_root: bool, face: Option<FaceChoice>) -> Result<Scope, Failure> {
    match (is_root, face) {
        (true, Some(FaceChoice::Cpanel)) => Err(Failure::bad_input("root is no cPanel account")
            .with_remedy("leave --as away: root acts for every account; or run it as the account's own user")),
        (true, _) | (false, Some(FaceChoice::Whm)) => Ok(Scope::Server),
        (false, _) => Ok(Scope::Account),
    }
}

/// Where files go that hold a password for a moment: in memory, where the system has such a place.
fn private_dir() -> PathBuf {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let places = [Some(PathBuf::from("/dev/shm")), runtime, Some(env::temp_dir())];
    first_usable(places.into_iter().flatten()).unwrap_or_else(|| PathBuf::from("/tmp"))
}

/// The first place where a file can be kept and that a program finds from wherever it is started: an absolute one.
fn first_usable(mut places: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    places.find(|place| place.is_absolute() && takes_a_file(place).is_ok())
}

/// Whether there is room: a full place still makes folders.
fn takes_a_file(place: &Path) -> io::Result<()> {
    fs::write(tempfile::tempdir_in(place)?.path().join("room"), [0; 4096])
}

/// Who drives the programs, for reports and questions.
fn user() -> String {
    let uid = geteuid();
    let named = || env::var("LOGNAME").or_else(|_| env::var("USER")).ok().filter(|name| !name.is_empty());
    if uid.is_root() { "root".to_owned() } else { named().unwrap_or_else(|| format!("uid {}", uid.as_raw())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_place_is_an_absolute_one_that_can_be_used() {
        let good = env::current_dir().unwrap_or_default();
        let relative = PathBuf::from(".");
        assert!(tempfile::tempdir_in(&relative).is_ok(), "it could be used");
        let places = [relative.clone(), PathBuf::from("/nonexistent"), good.clone()];
        assert_eq!(first_usable(places.into_iter()), Some(good));
        assert_eq!(first_usable([relative].into_iter()), None);
    }

    #[test]
    fn root_acts_for_all_and_others_for_themselves_unless_they_are_resellers() {
        for (is_root, face, expected) in [
            (true, None, Some(Scope::Server)),
            (true, Some(FaceChoice::Whm), Some(Scope::Server)),
            (true, Some(FaceChoice::Cpanel), None),
            (false, None, Some(Scope::Account)),
            (false, Some(FaceChoice::Cpanel), Some(Scope::Account)),
            (false, Some(FaceChoice::Whm), Some(Scope::Server)),
        ] {
            assert_eq!(scope_of(is_root, face).ok(), expected, "{is_root} {face:?}");
        }
    }
}
