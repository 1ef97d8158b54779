//! Events on standard output, one JSON object a line.

use std::cell::RefCell;
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use cprekey_core::event::{Event, Observer};
use cprekey_core::failpoint::failpoint;
use cprekey_core::text::harmless_json;
use serde::Serialize;

use crate::console;

/// Writes every event of a run to standard output. Where that fails the run goes on, and it is told at the end; and so does it where nobody reads:
/// the events wait on a thread of their own, whose end is waited for when all else is done.
pub(crate) struct JsonEvents(RefCell<Writer>);

enum Writer {
    /// No event has come yet.
    Idle,
    Aside {
        lines: Sender<String>,
        thread: JoinHandle<io::Result<()>>,
    },
    /// Where no thread can be had.
    Here(io::Result<()>),
}

impl JsonEvents {
    /// Nothing is written yet.
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(Writer::Idle))
    }

    /// Ends the events, once they are written.
    ///
    /// # Errors
    ///
    /// What kept the first lost event from being written.
    pub(crate) fn end(self) -> io::Result<()> {
        match self.0.into_inner() {
            Writer::Idle => Ok(()),
            Writer::Aside { lines, thread } => {
                drop(lines);
                thread.join().unwrap_or_else(|_| Err(io::Error::other("a bug in this program")))
            }
            Writer::Here(so_far) => so_far,
        }
    }
}

impl Writer {
    fn start() -> Self {
        let (lines, waiting) = channel::<String>();
        let write_all = move || waiting.iter().try_for_each(console::out);
        match thread::Builder::new().spawn(write_all) {
            Ok(thread) => Self::Aside { lines, thread },
            Err(_) => Self::Here(Ok(())),
        }
    }

    fn write(&mut self, event: &Event<'_>) {
        if let Self::Idle = self {
            *self = Self::start();
        }
        match self {
            Self::Aside { lines, .. } => {
                if let Ok(line) = line(event) {
                    // Where it cannot be sent the thread has ended, and its end says why.
                    let _told_at_the_end = lines.send(line);
                }
            }
            Self::Here(so_far) if so_far.is_ok() => *so_far = write(event),
            Self::Idle | Self::Here(_) => {}
        }
    }
}

impl Observer for JsonEvents {
    fn note(&self, event: &Event<'_>) {
        failpoint("events", b"");
        self.0.borrow_mut().write(event);
    }
}

/// An event as a line. What could steer a terminal is an escape in it.
fn line(event: &impl Serialize) -> io::Result<String> {
    Ok(harmless_json(&serde_json::to_string(event)?).into_owned())
}

/// Writes one event. What could steer a terminal is an escape in it.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(crate) fn write(event: &impl Serialize) -> io::Result<()> {
    console::out(line(event)?)
}
