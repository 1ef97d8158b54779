//! What the program tells of itself to shells and to `man`.

use clap_complete::Shell;
use clap_mangen::Man;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::{self, NAME};

/// The manual page.
///
/// # Errors
///
/// Where the library cannot write it, which is a bug.
pub(crate) fn manual() -> Result<String, Failure> {
    // A page's header is one line, so the version is without its second.
    let command = args::command().version(env!("CARGO_PKG_VERSION"));
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(|error| Failure::new(Exit::Failed, error))?;
    Ok(String::from_utf8_lossy(&text).trim_end().to_owned())
}

/// The completion script for a shell.
pub(crate) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), NAME, &mut script);
    String::from_utf8_lossy(&script).trim_end().to_owned()
}
