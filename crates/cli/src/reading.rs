//! The list: from what was typed to its entries, with its problems shown.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::path::PathBuf;

use cprekey_core::change::Passwords;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::list::{self, List, ListError, Preview, Source};
use cprekey_core::problem::Problem;
use cprekey_core::text;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::memory;

use crate::args::{ListArgs, OutputArgs, OutputFormat};
use crate::{console, look};

/// Reads the list and tells how it was understood: for people, unless nothing is to be told, and as an event where those are wanted.
///
/// # Errors
///
/// Says what is wrong with the file and what to do, and where standard output cannot be written. Wrong rows are no error: they are entries.
pub(crate) fn read(args: ListArgs, output: &OutputArgs) -> Result<List, Failure> {
    let source = source(&args.list)?;
    let options = args.read.options().map_err(|error| Failure::bad_input(&error).with_remedy(error.remedy()))?;
    let list = list::read(&source, &options).map_err(unread)?;
    let previews = list.previews();
    if !output.quiet {
        tell(&list, &previews);
    }
    if output.output == OutputFormat::Json {
        console::written(look::write_columns(&previews, &list.suspicions), Exit::Done)?;
    }
    drop(previews);
    Ok(list)
}

fn source(list: &OsStr) -> Result<Source, Failure> {
    if list != "-" {
        return Ok(Source::File(PathBuf::from(list)));
    }
    // The standard library's own handle has a buffer that nobody wipes.
    let unbuffered = io::stdin().as_fd().try_clone_to_owned().map(File::from);
    let unbuffered =
        unbuffered.map_err(|error| Failure::bad_input(format!("standard input cannot be read: {error}")))?;
    Source::from_stream("-", unbuffered).map_err(unread)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn unread(error: ListError) -> Failure {
    let failure = Failure::bad_input(&error);
    match error.remedy() {
        Some(remedy) => failure.with_remedy(remedy),
        None => failure,
    }
}

/// Tells how the list was understood, and what is worth a second look.
fn tell(list: &List, previews: &[Preview<'_>]) {
    let facts = &list.facts;
    let sheet = facts.sheet.as_ref().map(|sheet| format!(", sheet {}", text::safe(sheet))).unwrap_or_default();
    console::tell(format_args!("{} ({}{sheet})", facts.file, facts.format.word()));
    look::show_columns(previews, console::tell);
    for warning in &facts.warnings {
        console::warn(warning);
    }
    for suspicion in &list.suspicions {
        console::warn(format_args!("{suspicion}: was the right column taken? --columns password=… names another"));
    }
}

/// Keeps the passwords out of the swap space, and says of how many rows that cannot be done.
pub(crate) fn lock_passwords(entries: &[Entry]) -> usize {
    let passwords = entries.iter().filter_map(|entry| match &entry.task {
        Task::Change(passwords) => Some(passwords),
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => None,
    });
    memory::lock_groups(passwords.map(Passwords::all))
}

/// Every problem of the list, in list order.
pub(crate) fn problems(entries: &[Entry]) -> impl Iterator<Item = (&Entry, &Problem)> {
    entries.iter().flat_map(|entry| {
        let problems: &[Problem] = match &entry.task {
            Task::Invalid(problems) => problems,
            _ => &[],
        };
        problems.iter().map(move |problem| (entry, problem))
    })
}
