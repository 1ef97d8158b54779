//! `cprekey`: gives a whole list of cPanel mailboxes their new passwords.

mod args;
mod ask;
mod commands;
mod console;
mod look;
mod outputs;
mod reading;

use std::process::ExitCode;

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().collect()) {
        Ok(command) => command,
        Err(end) => return console::show_parse_end(end).into(),
    };
    commands::run(command).into()
}
