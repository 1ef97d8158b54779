//! `cprekey runs`: all of them, newest first.

use std::collections::BTreeMap;
use std::io;

use cprekey_core::journal::{Begun, History, JournalError, Runs, State};
use cprekey_core::outcome::Outcome;
use cprekey_core::summary::Counts;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;
use jiff::Timestamp;
use serde::Serialize;

use super::words::{age, counts_words, safe, state_word};
use crate::args::OutputFormat;
use crate::console;
use crate::look::write_event;

/// A run as an object on a line.
#[derive(Serialize)]
struct Object<'a> {
    run: &'a str,
    /// `running`, `ended`, `interrupted`, `stopped`, `cut off` or `damaged`.
    state: &'static str,
    begun_at: Option<String>,
    last_seen_at: Option<String>,
    list: Option<&'a str>,
    panel: Option<&'a str>,
    user: Option<&'a str>,
    rows: Option<usize>,
    counts: Option<BTreeMap<&'static str, usize>>,
    /// Why a damaged journal is not believed.
    error: Option<String>,
}

/// A run, and what of it is listed.
struct Found {
    run: String,
    read: Result<Brief, JournalError>,
}

/// What is listed of a run; its rows are no part of it, so that many long runs take little memory.
struct Brief {
    begun: Begun,
    state: &'static str,
    last_seen: Timestamp,
    counts: Counts,
}

/// Lists the runs; ends with 1 where a journal is damaged.
///
/// # Errors
///
/// Where the folder cannot be read, or standard output cannot be written.
pub(super) fn list(runs: &Runs, format: OutputFormat) -> Result<Exit, Failure> {
    let ids = runs.ids().map_err(|error| state::failure(&error))?;
    let mut found = Vec::new();
    for run in ids {
        let read = runs.read(&run).map(|(history, state)| Brief::of(history, state));
        found.push(Found { run, read });
    }
    let is_damaged = found.iter().any(|one| one.read.is_err());
    let exit = if is_damaged { Exit::Failed } else { Exit::Done };
    let shown = match format {
        OutputFormat::Json => found.iter().try_for_each(|one| write_event(&one.object())),
        OutputFormat::Human => show(&found),
    };
    console::written(shown, exit)
}

impl Brief {
    fn of(history: History, state: State) -> Self {
        Self {
            state: state_word(&history, state),
            last_seen: history.last_seen(),
            counts: history.counts(),
            begun: history.begun,
        }
    }
}

impl Found {
    fn object(&self) -> Object<'_> {
        let (state, error) = match &self.read {
            Ok(brief) => (brief.state, None),
            Err(error) => ("damaged", Some(safe(&error.kind.to_string()))),
        };
        let brief = self.read.as_ref().ok();
        let begun = brief.map(|brief| &brief.begun);
        Object {
            run: &self.run,
            state,
            begun_at: begun.map(|begun| format!("{:.3}", begun.at)),
            last_seen_at: brief.map(|brief| format!("{:.3}", brief.last_seen)),
            list: begun.map(|begun| begun.list.as_str()),
            panel: begun.map(|begun| begun.panel.as_str()),
            user: begun.map(|begun| begun.user.as_str()),
            rows: begun.map(|begun| begun.rows),
            counts: brief.map(|brief| by_words(&brief.counts)),
            error,
        }
    }

    /// Its cells: id, age, state, counts, list, panel.
    fn cells(&self, now: Timestamp) -> [String; 6] {
        match &self.read {
            Ok(Brief { begun, state, counts, .. }) => [
                self.run.clone(),
                age(begun.at, now),
                (*state).to_owned(),
                counts_words(counts),
                safe(&begun.list),
                safe(&format!("{} as {}", begun.panel, begun.user)),
            ],
            Err(error) => {
                let why = safe(&error.kind.to_string());
                [self.run.clone(), String::new(), String::from("damaged"), why, String::new(), String::new()]
            }
        }
    }
}

fn by_words(counts: &Counts) -> BTreeMap<&'static str, usize> {
    Outcome::ALL.into_iter().map(|outcome| (outcome.word(), counts.of(outcome))).collect()
}

/// The runs in columns.
fn show(found: &[Found]) -> io::Result<()> {
    if found.is_empty() {
        console::tell("no run is kept here");
        return Ok(());
    }
    let now = Timestamp::now();
    let heads = ["RUN", "AGE", "STATE", "ROWS", "LIST", "PANEL"].map(String::from);
    let rows: Vec<[String; 6]> = [heads].into_iter().chain(found.iter().map(|one| one.cells(now))).collect();
    let widths: Vec<usize> =
        (0..6).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()).collect();
    rows.iter().try_for_each(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}"));
        console::out(cells.collect::<Vec<_>>().join("  ").trim_end())
    })
}
