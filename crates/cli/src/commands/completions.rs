//! `cprekey completions`: a completion script for a shell.

use clap_complete::Shell;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::{args, console};

/// Prints the script.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "cprekey", &mut script);
    console::written(console::out(String::from_utf8_lossy(&script).trim_end()), Exit::Done)
}
