//! The talk with the panel, from the first word to the order to end.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::ExitCode;

use cprekey_panel::dialogue::{Content, Hello, Order, Raw};
use serde::Serialize;

use super::ending::end;
use super::notice::find;
use super::trouble::Trouble;

/// Does what the panel says, and gives the code to end with.
///
/// # Errors
///
/// When there is no panel, or it goes away.
pub(super) fn run() -> Result<ExitCode, Trouble> {
    let arguments: Vec<OsString> = env::args_os().collect();
    let socket = find(arguments.first().map(OsString::as_os_str).unwrap_or_default())?;
    let stream = UnixStream::connect(&socket).map_err(|error| Trouble::NoPanel { socket, error })?;
    let hello = Hello {
        arguments: arguments.into_iter().map(raw).collect(),
        euid: effective_user().map_err(Trouble::Nobody)?,
        environment: env::vars_os().map(|(name, _)| raw(name)).collect(),
    };
    obey(&stream, &hello).map_err(Trouble::BrokenOff)
}

fn obey(stream: &UnixStream, hello: &Hello) -> io::Result<ExitCode> {
    let mut orders = BufReader::new(stream);
    say(stream, hello)?;
    loop {
        let mut line = Vec::new();
        orders.read_until(b'\n', &mut line)?;
        match serde_json::from_slice(&line)? {
            Order::ReadInput {} => say(stream, &read_input())?,
            Order::ReadFile { path } => say(stream, &read_file(&path))?,
            Order::End(ending) => return end(&ending, stream),
        }
    }
}

fn say(mut stream: &UnixStream, what: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    stream.write_all(&line)
}

fn read_input() -> Content {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(Raw(bytes))
}

fn read_file(path: &Raw) -> Content {
    fs::read(Path::new(std::ffi::OsStr::from_bytes(&path.0))).map(Raw).map_err(|error| error.to_string())
}

fn raw(text: OsString) -> Raw {
    Raw(text.into_vec())
}

/// The effective user: the second number behind `Uid:` (Linux manual, proc(5)).
fn effective_user() -> io::Result<u32> {
    let status = fs::read_to_string("/proc/self/status")?;
    let users = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    let effective = users.and_then(|users| users.split_whitespace().nth(1)?.parse().ok());
    effective.ok_or_else(|| io::Error::other("/proc/self/status names no user"))
}
