//! `cprekey check`: read the list and name every problem with its place; touches no network.

use std::io;

use cprekey_core::entry::Task;
use cprekey_core::list::List;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use serde::Serialize;

use crate::args::{CheckArgs, OutputArgs, OutputFormat};
use crate::{console, look, reading};

/// What a list holds, in numbers.
#[derive(Default, Serialize)]
#[serde(tag = "event", rename = "checked")]
struct Checked {
    rows: usize,
    changes: usize,
    repeats: usize,
    invalid: usize,
    skipped: usize,
    empty: usize,
}

/// Checks the list.
///
/// # Errors
///
/// Where the file cannot be read as a list. Wrong rows are shown, and end it with 2.
pub(super) fn check(args: CheckArgs) -> Result<Exit, Failure> {
    console::choose_color(args.output.color);
    let list = reading::read(args.list, &args.output)?;
    reading::lock_passwords(&list.entries);
    let checked = count(&list);
    let exit = match &checked {
        Checked { invalid: 1.., .. } => Exit::BadInput,
        Checked { changes: 0, .. } => Exit::NothingToDo,
        _ => Exit::Done,
    };
    console::written(show(&args.output, &list, &checked), exit)
}

fn show(output: &OutputArgs, list: &List, checked: &Checked) -> io::Result<()> {
    let as_events = output.output == OutputFormat::Json;
    look::write_problems(&list.entries, as_events)?;
    if as_events {
        return look::write_event(checked);
    }
    if output.quiet { Ok(()) } else { console::out(words(checked)) }
}

fn count(list: &List) -> Checked {
    let mut checked = Checked { rows: list.entries.len(), empty: list.facts.empty_rows, ..Checked::default() };
    for entry in &list.entries {
        match entry.task {
            Task::Change(_) => checked.changes += 1,
            Task::Repeat { .. } => checked.repeats += 1,
            Task::Invalid(_) => checked.invalid += 1,
            // No list that is read has rows that are settled.
            Task::Skipped(_) | Task::Settled(_) => checked.skipped += 1,
        }
    }
    checked
}

fn words(checked: &Checked) -> String {
    let others = [
        (checked.repeats, "named again"),
        (checked.invalid, "wrong"),
        (checked.skipped, "left out by your filters"),
        (checked.empty, "empty"),
    ];
    let mut parts = vec![format!("{}: {} to change", console::rows(checked.rows), checked.changes)];
    parts.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")));
    parts.join(", ")
}
