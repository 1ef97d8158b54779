//! `cprekey`: gives a whole list of cPanel mailboxes their new passwords.

mod args;
mod ask;
mod commands;
mod console;
mod keeping;
mod look;
mod looks;
mod outputs;
mod reading;
mod recording;

use std::process::ExitCode;

use cprekey_frontend::exit::Exit;
use cprekey_frontend::{failpoints, hardening, panics};

fn main() -> ExitCode {
    hardening::harden();
    failpoints::arm();
    panics::contain(run).into()
}

fn run() -> Exit {
    match args::parse(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(command) => commands::run(command),
        Err(end) => console::show_parse_end(end),
    }
}
