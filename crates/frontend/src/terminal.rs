//! The terminal that a person sits at, which is there even where standard input is a list.

use std::fs::File;
use std::io::{self, IsTerminal};

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
