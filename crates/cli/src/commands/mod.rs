//! The commands, one file each.

mod apply;
mod applying;
mod check;
mod completions;
mod doubts;
mod ending;
mod man;
mod plan;
mod rebuilding;
mod report;
mod resume;
mod runs;
mod session;
mod verify;

use cprekey_frontend::exit::Exit;

use crate::args::Command;
use crate::console;

/// Does what was asked for, and shows why where it cannot be done.
pub(crate) fn run(command: Command) -> Exit {
    let done = match command {
        Command::Check(args) => check::check(args),
        Command::Plan(args) => plan::plan(*args),
        Command::Apply(args) => apply::apply(*args),
        Command::Verify(args) => verify::verify(*args),
        Command::Resume(args) => resume::resume(*args),
        Command::Runs(args) => runs::runs(args),
        Command::Report(args) => report::report(&args),
        Command::Completions { shell } => completions::completions(shell),
        Command::Man { command } => man::man(command.as_deref()),
    };
    done.unwrap_or_else(|failure| console::show_failure(&failure))
}
