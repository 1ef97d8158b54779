//! `cprekey man`: the manual pages.

use clap_mangen::Man;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::{args, console};

/// Prints the page of the program, or of one of its commands.
///
/// # Errors
///
/// Where there is no such command, or standard output cannot be written.
pub(super) fn man(name: Option<&str>) -> Result<Exit, Failure> {
    // A page's header is one line, so the version is without its second.
    let mut program = args::command().disable_help_subcommand(true).version(env!("CARGO_PKG_VERSION"));
    program.build();
    let page = match name {
        None => Man::new(program),
        Some(name) => Man::new(subcommand(&program, name)?),
    };
    let mut text = Vec::new();
    page.render(&mut text).map_err(|error| Failure::new(Exit::Failed, error))?;
    console::written(console::out(String::from_utf8_lossy(&text).trim_end()), Exit::Done)
}

fn subcommand(program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let found = program.find_subcommand(name).cloned();
    found.map(|command| command.display_name(format!("cprekey-{name}")).version(env!("CARGO_PKG_VERSION"))).ok_or_else(
        || {
            Failure::bad_input(format!("there is no command {name}"))
                .with_remedy(format!("commands: {}", names.join(", ")))
        },
    )
}
