//! Events on standard output, one JSON object a line.

use std::cell::RefCell;
use std::io;

use cprekey_core::event::{Event, Observer};
use cprekey_core::failpoint::failpoint;
use cprekey_core::text::harmless_json;
use serde::Serialize;

use crate::console;

/// Writes every event of a run to standard output. Where that fails the run goes on, and it is told at the end.
pub(crate) struct JsonEvents(RefCell<io::Result<()>>);

impl JsonEvents {
    /// Nothing is written yet.
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(Ok(())))
    }

    /// Ends the events.
    ///
    /// # Errors
    ///
    /// What kept the first lost event from being written.
    pub(crate) fn end(self) -> io::Result<()> {
        self.0.into_inner()
    }
}

impl Observer for JsonEvents {
    fn note(&self, event: &Event<'_>) {
        failpoint("events", b"");
        let mut so_far = self.0.borrow_mut();
        if so_far.is_ok() {
            *so_far = write(event);
        }
    }
}

/// Writes one event. What could steer a terminal is an escape in it.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(crate) fn write(event: &impl Serialize) -> io::Result<()> {
    console::out(harmless_json(&serde_json::to_string(event)?))
}
