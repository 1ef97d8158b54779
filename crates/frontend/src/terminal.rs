//! The terminal that a person sits at, which is there even where standard input is a list.

use std::fs::File;
use std::io::{self, IsTerminal};

use cprekey_core::text::one_line;

use crate::signals;

/// Opens the terminal to ask at, for reading and writing.
///
/// # Errors
///
/// Fails where nobody sits at one: standard error goes elsewhere, or the process has no terminal.
pub fn open() -> io::Result<File> {
    if !io::stderr().is_terminal() {
        return Err(io::ErrorKind::NotFound.into());
    }
    File::options().read(true).write(true).open("/dev/tty")
}

/// Asks for a secret at the terminal, which does not show what is typed.
///
/// # Errors
///
/// Fails where there is no terminal; with [`io::ErrorKind::Interrupted`] where the user breaks it off.
pub fn ask_secret(prompt: &str) -> io::Result<String> {
    open()?;
    // rpassword raises the signal of a Ctrl-C that is typed, and only then lets the terminal show again what is typed.
    signals::outlive_interruptions()?;
    rpassword::prompt_password(one_line(prompt))
}
