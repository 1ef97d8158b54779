//! The commands, one file each.

mod apply;
mod check;
mod completions;
mod man;
mod plan;
mod session;

use std::io;

use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::Command;
use crate::console;

/// Does what was asked for, and shows why where it cannot be done.
pub(crate) fn run(command: Command) -> Exit {
    let done = match command {
        Command::Check(args) => check::check(args),
        Command::Plan(args) => plan::plan(args),
        Command::Apply(args) => apply::apply(args),
        Command::Completions { shell } => completions::completions(shell),
        Command::Man { command } => man::man(command.as_deref()),
    };
    done.unwrap_or_else(|failure| console::show_failure(&failure))
}

/// The exit code where standard output could be written, or where its reader has gone away.
fn written(result: io::Result<()>, exit: Exit) -> Result<Exit, Failure> {
    match result.err().and_then(|error| console::write_failed(&error)) {
        Some(failure) => Err(failure),
        None => Ok(exit),
    }
}
