//! The terminal that a person sits at, which is there even where standard input is a list.

use std::fs::File;
use std::io::{self, IsTerminal, Write as _};
use std::thread;

use cprekey_core::text::one_line;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::signals::Ends;

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

/// Asks for a secret at the terminal, which does not show what is typed. However it ends, the terminal is then as it was.
///
/// # Errors
///
/// Fails where there is no terminal; with [`io::ErrorKind::Interrupted`] where a signal breaks it off, a typed Ctrl-C included.
pub fn ask_secret(prompt: &str) -> io::Result<Zeroizing<String>> {
    let terminal = open()?;
    let before = tcgetattr(&terminal)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let mut ends = Ends::watch()?;
        let (sender, receiver) = oneshot::channel();
        let prompt = one_line(prompt).into_owned();
        // Reading cannot be broken off, so it has a thread that nobody waits for.
        thread::spawn(move || sender.send(rpassword::prompt_password(prompt).map(Zeroizing::new)));
        tokio::select! {
            typed = receiver => typed.unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into())),
            () = ends.next() => Err(given_back(&terminal, &before)),
        }
    })
}

/// Makes the terminal what it was, and ends the line of a question that has no answer.
fn given_back(mut terminal: &File, before: &Termios) -> io::Error {
    let _gone = tcsetattr(terminal, OptionalActions::Now, before);
    let _gone = writeln!(terminal);
    io::ErrorKind::Interrupted.into()
}
