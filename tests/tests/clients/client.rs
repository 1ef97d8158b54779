//! What a client is to a scenario.

use std::process::Command;

use cprekey_tests::Place;
use serde_json::Value;

/// A program or package that is not ours.
pub(crate) trait Client {
    /// Has it make a call, and gives what it reports.
    fn ask(&mut self, call: &Value) -> Value;
}

/// A program in a place, which knows nothing of the user's own settings.
pub(crate) fn command(place: &Place, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", place.path("home")).env("LANG", "C.UTF-8").current_dir(place.path("home"));
    command
}
