//! How a run looks while it goes on, and when it has ended: one look, one file.

mod columns;
mod json;
mod log;
mod plan;
mod problems;
mod progress;
mod systematic;
mod tally;

use cprekey_core::event::{Event, Observer};

pub(crate) use columns::{show_columns, write_columns};
pub(crate) use json::{JsonEvents, write as write_event};
pub(crate) use log::LogFile;
pub(crate) use plan::{planned_rows, show_plan};
pub(crate) use problems::{show_problems, write_problems};
pub(crate) use progress::Progress;
pub(crate) use progress::counted;
pub(crate) use tally::{Tally, attention, show_counts};

/// Several who are told the same.
pub(crate) struct Observers<'a>(pub(crate) Vec<&'a dyn Observer>);

impl Observer for Observers<'_> {
    fn note(&self, event: &Event<'_>) {
        self.0.iter().for_each(|observer| observer.note(event));
    }
}
