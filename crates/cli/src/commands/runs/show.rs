//! `cprekey runs show`: one run, what wants attention, and how to go on.

use std::io;

use cprekey_core::journal::{History, Runs, State};
use cprekey_core::line::Line;
use cprekey_core::outcome::Outcome;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;

use super::words::{actor_words, counts_words, options_words, safe, state_word};
use crate::console;
use crate::look::attention;

/// So many rows are named; the others are in the report.
const NAMED: usize = 20;

/// Shows a run.
///
/// # Errors
///
/// Where there is no such run, its journal cannot be believed, or standard output cannot be written.
pub(super) fn show(runs: &Runs, name: &str) -> Result<Exit, Failure> {
    let read = runs.find(name).and_then(|run| runs.read(&run));
    let (history, state) = read.map_err(|error| state::failure(&error))?;
    console::written(write(&history, state), Exit::Done)
}

fn write(history: &History, state: State) -> io::Result<()> {
    write_heads(history, state)?;
    let wanting = |outcome: Outcome| !outcome.is_settled_well() && outcome != Outcome::NotTried;
    let lines: Vec<_> = history.report().filter(|line| wanting(line.outcome)).collect();
    for line in lines.iter().take(NAMED) {
        console::out(safe_attention(line))?;
    }
    if lines.len() > NAMED {
        console::out(format_args!("… and {} more", lines.len() - NAMED))?;
    }
    next_steps(history, state).iter().try_for_each(|step| console::out(format_args!("next: {step}")))
}

fn safe_attention(line: &Line) -> String {
    let (target, detail) = (safe(&line.target), safe(&line.detail));
    attention(&Line { target, detail, ..line.clone() })
}

fn write_heads(history: &History, state: State) -> io::Result<()> {
    let begun = &history.begun;
    let mut facts = vec![
        ("run", safe(&begun.run)),
        ("state", state_word(history, state).to_owned()),
        ("begun", format!("{:.0} by {}", begun.at, actor_words(&begun.by))),
        ("panel", safe(&format!("{} as {}", begun.panel, begun.user))),
        ("list", safe(begun.path.as_deref().unwrap_or(&begun.list))),
        ("options", options_words(&begun.options)),
    ];
    facts.extend(begun.reason.iter().map(|reason| ("reason", safe(reason))));
    facts.extend(begun.ticket.iter().map(|ticket| ("ticket", safe(ticket))));
    for resumed in &history.resumed {
        facts.push(("resumed", format!("{:.0} by {}", resumed.at, actor_words(&resumed.by))));
    }
    facts.push(("rows", format!("{}: {}", begun.rows, counts_words(&history.counts()))));
    facts.iter().try_for_each(|(name, value)| console::out(format_args!("{name:8} {value}")))
}

/// How to go on.
fn next_steps(history: &History, state: State) -> Vec<String> {
    let run = safe(&history.begun.run);
    let counts = history.counts();
    let left = counts.of(Outcome::NotTried) + counts.of(Outcome::Unknown);
    let list = if history.begun.path.is_some() { "" } else { " LIST" };
    let mut steps = Vec::new();
    if state == State::Running {
        steps.push(String::from("wait until it has ended; Ctrl-C there finishes what is under way"));
    } else if left > 0 {
        steps.push(format!("cprekey resume {run}{list} goes on with {} that are left", console::rows(left)));
    }
    if state != State::Running && counts.of(Outcome::Refused) > 0 {
        steps.push(format!("cprekey resume {run}{list} --failed-too tries those again that were refused, too"));
    }
    steps.push(format!("cprekey report {run} --report FILE writes what became of every row"));
    steps
}
