//! Standard output and standard error: what was asked for on the one, everything else on the other.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use cprekey_core::text::one_line;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::profile::ParseEnd;

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// Writes a line of what was asked for.
///
/// # Errors
///
/// Where nobody reads any more, or the disk is full.
pub fn out(line: impl Display) -> io::Result<()> {
    writeln!(anstream::stdout().lock(), "{line}")
}

/// Writes a line for the person at the terminal.
///
/// # Errors
///
/// Where nobody reads any more.
pub fn err(line: impl Display) -> io::Result<()> {
    writeln!(anstream::stderr().lock(), "{line}")
}

/// Writes a line for the person at the terminal; nothing can be done where that fails.
pub fn tell(line: impl Display) {
    let _gone = err(line);
}

/// Warns, in one line that steers no terminal, whoever's words are in it.
pub fn warn(line: impl Display) {
    tell(format_args!("{YELLOW}warning:{YELLOW:#} {}", one_line(&line.to_string())));
}

/// Warns where passwords may stand in arguments.
pub fn warn_of_arguments(allowed: bool) {
    if allowed {
        warn(
            "--allow-argv: where a program takes passwords in no other way, other users of this server can read them in its list of \
             processes, unless /proc is mounted with hidepid",
        );
    }
}

/// Warns where nobody checks who the panel is.
pub fn warn_of_insecure(insecure: bool) {
    if insecure {
        warn(
            "--insecure: the panel's certificate is not checked; whoever is in between can read the token and every password",
        );
    }
}

/// Shows why the program ends, in two lines that steer no terminal, and gives its code.
#[must_use]
pub fn show_failure(failure: &Failure) -> Exit {
    tell(format_args!("{RED}error:{RED:#} {}", one_line(&failure.what)));
    if let Some(remedy) = &failure.remedy {
        tell(format_args!(" {CYAN}help:{CYAN:#} {}", one_line(remedy)));
    }
    failure.exit
}

/// Shows why the command line could not be read, or the help that was asked for.
#[must_use]
pub fn show_parse_end(end: ParseEnd) -> Exit {
    match end {
        ParseEnd::Profile(failure) => show_failure(&failure),
        ParseEnd::Clap(error) => {
            let _gone = error.print();
            if error.use_stderr() { Exit::BadInput } else { Exit::Done }
        }
    }
}

/// The exit code where standard output could be written, or where its reader has gone away.
///
/// # Errors
///
/// Where it could not be written for another reason; the code is then 1, or `exit` where that is worse.
pub fn written(result: io::Result<()>, exit: Exit) -> Result<Exit, Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(exit.or(Exit::Failed), format!("standard output cannot be written: {error}")))
        }
        _ => Ok(exit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(error: io::ErrorKind, exit: Exit) -> Exit {
        written(Err(error.into()), exit).unwrap_or_else(|failure| failure.exit)
    }

    #[test]
    fn output_that_cannot_be_written_hides_nothing_worse() {
        assert_eq!(code(io::ErrorKind::StorageFull, Exit::Done), Exit::Failed);
        assert_eq!(code(io::ErrorKind::StorageFull, Exit::SomeRefused), Exit::Failed);
        assert_eq!(code(io::ErrorKind::Other, Exit::Interrupted), Exit::Interrupted);
    }

    #[test]
    fn a_reader_that_has_gone_away_changes_nothing() {
        assert_eq!(code(io::ErrorKind::BrokenPipe, Exit::SomeRefused), Exit::SomeRefused);
    }
}
