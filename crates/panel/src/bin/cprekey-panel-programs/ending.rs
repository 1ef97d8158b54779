//! How the program ends: with a code, by a signal, or not by itself. What only the system can do to a process, a shell does,
//! which keeps the process's number.

use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode, Stdio};

use cprekey_panel::dialogue::{Ending, Manner};

/// Waits for the end of its standard input, which is the socket: so long as the panel lives, there is none.
const WAIT: &str = "read -r never";

/// The same, and SIGTERM does nothing.
const WAIT_STUBBORNLY: &str = "trap '' TERM; read -r never";

/// Writes the last words, and ends as told.
///
/// # Errors
///
/// When nobody reads them, or there is no shell.
pub(super) fn end(ending: &Ending, stream: &UnixStream) -> io::Result<ExitCode> {
    io::stderr().write_all(&ending.stderr.0)?;
    let mut out = io::stdout().lock();
    out.write_all(&ending.stdout.0)?;
    out.flush()?;
    match ending.manner {
        Manner::Exit { code } => Ok(ExitCode::from(code)),
        Manner::Die { signal } => Err(shell(&format!("kill -{signal} $$")).exec()),
        Manner::Hang { stubborn, child } => hang(stubborn, child, stream),
    }
}

fn hang(stubborn: bool, child: bool, mut stream: &UnixStream) -> io::Result<ExitCode> {
    let script = if stubborn { WAIT_STUBBORNLY } else { WAIT };
    let socket = || stream.try_clone().map(|stream| Stdio::from(OwnedFd::from(stream)));
    if child {
        shell(script).stdin(socket()?).spawn()?;
    }
    if stubborn {
        return Err(shell(script).stdin(socket()?).exec());
    }
    stream.read_to_end(&mut Vec::new())?;
    Ok(ExitCode::FAILURE)
}

fn shell(script: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]);
    command
}
