//! `weigh NOTE PROGRAM ARGUMENT…` runs a program to its end, and notes what it took: nanoseconds of wall time, microseconds of CPU, and bytes of
//! memory at its peak. The system counts the memory of whoever starts a program to that program's peak, so this is done by a small process.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitCode};
use std::time::Instant;

use wait4::Wait4 as _;

fn main() -> io::Result<ExitCode> {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let [note, program, arguments @ ..] = &words[..] else {
        return Err(io::Error::other("say `weigh NOTE PROGRAM ARGUMENT…`"));
    };
    let begun = Instant::now();
    let ended = Command::new(program).args(arguments).spawn()?.wait4()?;
    let (wall, used) = (begun.elapsed(), ended.rusage);
    let cpu = (used.utime + used.stime).as_micros();
    fs::write(note, format!("{} {cpu} {}", wall.as_nanos(), used.maxrss))?;
    let code = ended.status.code().or_else(|| Some(128 + ended.status.signal()?));
    Ok(code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
