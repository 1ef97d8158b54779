//! `cprekey runs remove`: journals that nobody needs any more.

use std::collections::BTreeSet;

use cprekey_core::brake::Brake;
use cprekey_core::journal::Runs;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, signals, state};

use crate::ask::{Wanted, ask};
use crate::console;

/// Removes runs, damaged ones too; not those that a program works on.
///
/// # Errors
///
/// Where there is no such run, nobody can be asked, or one cannot be removed.
pub(super) fn remove(runs: &Runs, names: &[String], yes: bool) -> Result<Exit, Failure> {
    let found: Result<BTreeSet<String>, _> = names.iter().map(|name| runs.find(name)).collect();
    let found = found.map_err(|error| state::failure(&error))?;
    if !yes && !runtime::start()?.block_on(agree(&found))? {
        console::tell("nothing was removed");
        return Ok(Exit::Interrupted);
    }
    let mut exit = Exit::Done;
    for run in &found {
        match runs.remove(run) {
            Ok(()) => console::tell(format_args!("removed {run}")),
            Err(error) => exit = exit.or(console::show_failure(&state::failure(&error))),
        }
    }
    Ok(exit)
}

async fn agree(found: &BTreeSet<String>) -> Result<bool, Failure> {
    let brake = Brake::default();
    signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
    let ids: Vec<&str> = found.iter().map(String::as_str).collect();
    let question = format!("Remove what is kept of {}? It can then neither be resumed nor shown.", ids.join(", "));
    ask(question, Wanted::Yes, &brake).await
}
