//! `uapi`, `cpapi2` and `whmapi1` of the rehearsal panel: one program, which finds the running panel, tells it what it was
//! started with, and then does what the panel says.

mod ending;
mod notice;
mod talk;
mod trouble;

use std::io::{self, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    talk::run().unwrap_or_else(|trouble| {
        // Where nobody listens to complaints, the code has to do.
        let _ = writeln!(io::stderr(), "{trouble}");
        ExitCode::FAILURE
    })
}
