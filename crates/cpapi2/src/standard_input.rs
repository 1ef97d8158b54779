//! Standard input, read no further than is asked for, and kept nowhere.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::os::fd::AsFd as _;

use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::terminal;
use zeroize::Zeroizing;

use crate::wiped::{self, Wiped};

/// Standard input past the standard library's own buffer, which nobody wipes.
///
/// # Errors
///
/// Where the system gives none.
fn open() -> io::Result<File> {
    io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

/// The next line of standard input, without its end; at a terminal it is asked for, and not shown.
///
/// # Errors
///
/// Where there is none.
pub(crate) fn line(key: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if io::stdin().is_terminal() {
        let typed = terminal::ask_secret(&format!("{key}: ")).map(|typed| Zeroizing::new(typed.as_bytes().to_vec()));
        return typed.map_err(|error| unreadable(&error));
    }
    let line = open().and_then(read_line).map_err(|error| unreadable(&error))?;
    line.ok_or_else(|| {
        Failure::bad_input(format!("standard input has no line for {key}"))
            .with_remedy("every =@- takes one line of standard input, in the order in which they are typed")
    })
}

/// All of standard input.
///
/// # Errors
///
/// Where it cannot be read.
pub(crate) fn whole() -> Result<Zeroizing<Vec<u8>>, Failure> {
    open().and_then(wiped::read).map_err(|error| unreadable(&error))
}

fn unreadable(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::Interrupted {
        return Failure::new(Exit::Interrupted, "interrupted; nothing was sent");
    }
    Failure::bad_input(format!("standard input cannot be read: {error}"))
}

/// One line, byte by byte, so that the next reader finds the next line.
fn read_line(mut input: impl Read) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut line = Wiped::new();
    let mut byte = Zeroizing::new([0]);
    loop {
        match input.read(byte.as_mut_slice()) {
            Ok(0) => return Ok(Some(line.into_bytes()).filter(|line| !line.is_empty())),
            Ok(_) if *byte == *b"\n" => break,
            Ok(_) => line.add(byte.as_slice())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut line = line.into_bytes();
    line.pop_if(|last| *last == b'\r');
    Ok(Some(line))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one_without_their_ends() {
        let mut input = &b"first \r\nsecond\n\nlast"[..];
        let mut next = || read_line(&mut input).unwrap().map(|line| String::from_utf8_lossy(&line).into_owned());
        let lines: Vec<_> = (0..5).map(|_| next()).collect();
        let expected = [Some("first "), Some("second"), Some(""), Some("last"), None];
        assert_eq!(lines, expected.map(|line| line.map(str::to_owned)));
    }
}
