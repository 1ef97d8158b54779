//! Many rehearsal panels in one process, each on a thread and on ports of its own: `panels COUNT [ARGUMENT OF EACH PANEL]…`.
//!
//! Each prints its ready line; the process ends when all of them have.

use std::env;
use std::ffi::OsString;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use cprekey_panel::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

fn main() -> Result<()> {
    let mut words = env::args_os().skip(1);
    let count = words.next().and_then(|count| count.to_str()?.parse::<usize>().ok());
    let count = count.context("usage: panels COUNT [ARGUMENT OF EACH PANEL]…")?;
    let arguments: Vec<OsString> = ["cprekey-panel".into()].into_iter().chain(words).collect();
    open_many_files()?;
    let (tell, ended) = mpsc::channel();
    for _ in 0..count {
        let panel = Args::try_parse_from(&arguments)?;
        let tell = tell.clone();
        // Whoever ends when nobody listens any more ends with the process.
        thread::Builder::new().spawn(move || drop(tell.send(cprekey_panel::run(panel))))?;
    }
    drop(tell);
    ended.iter().collect()
}

/// Each panel has about a dozen files and sockets, and one for every connection.
fn open_many_files() -> Result<()> {
    let most = getrlimit(Resource::Nofile).maximum;
    Ok(setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most })?)
}
