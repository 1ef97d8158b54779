//! `cprekey runs`: the journals that are kept.

mod audit;
mod list;
mod remove;
mod show;
mod words;

use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;

use crate::args::{RunsArgs, RunsCommand};
use crate::console;

/// Lists the runs, or does what is wanted with some of them.
///
/// # Errors
///
/// Where there is no such run, or its journal cannot be believed.
pub(super) fn runs(args: RunsArgs) -> Result<Exit, Failure> {
    console::choose_color(args.color);
    let runs = state::runs()?;
    match args.command {
        None => list::list(&runs, args.output),
        Some(RunsCommand::Show { run }) => show::show(&runs, &run),
        Some(RunsCommand::Audit { run }) => audit::audit(&runs, &run),
        Some(RunsCommand::Remove { runs: names, yes }) => remove::remove(&runs, &names, yes),
    }
}
