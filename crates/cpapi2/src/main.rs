//! `cprekey-cpapi2`: one call of cPanel's API, typed as for cPanel's own `cpapi2`, `uapi` and `whmapi1`.

mod answer;
mod args;
mod change;
mod databases;
mod decode;
mod exit;
mod explain;
mod given;
mod grammar;
mod input;
mod line;
mod make;
mod pages;
mod parties;
mod program;
mod secrets;
mod sources;
mod standard_input;
mod tree;
mod tries;
mod version;
mod wiped;
mod yaml;

use std::process::ExitCode;

use cprekey_frontend::exit::Exit;
use cprekey_frontend::{console, failpoints, hardening, panics};

fn main() -> ExitCode {
    hardening::harden();
    failpoints::arm();
    panics::contain(run).into()
}

fn run() -> Exit {
    match args::parse(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(args) => program::run(args).unwrap_or_else(|failure| console::show_failure(&failure)),
        Err(end) => console::show_parse_end(end),
    }
}
