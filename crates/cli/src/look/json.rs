//! Events on standard output, one JSON object a line.

use cprekey_core::event::{Event, Observer};
use serde::Serialize;

use crate::console;

/// Writes every event of a run to standard output.
pub(crate) struct JsonEvents;

impl Observer for JsonEvents {
    fn note(&self, event: &Event<'_>) {
        write(event);
    }
}

/// Writes one event. Where nobody reads any more the run goes on: its report is what counts.
pub(crate) fn write(event: &impl Serialize) {
    if let Ok(text) = serde_json::to_string(event) {
        let _gone = console::out(text);
    }
}
