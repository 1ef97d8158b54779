//! The journal: what makes a run survive a crash.
//!
//! One file a run, of JSON lines that are only ever added. Each carries a checksum over itself and the one before it. A change is sent only once the
//! intent to send it is on the disk, and its outcome is told only once that is. No line holds a password, or anything from which one could be
//! guessed: rows are recognised by digests under a random key that stands in a file of its own.

mod chain;
mod desk;
mod digest;
mod error;
mod folder;
mod going_on;
mod history;
mod key;
mod list_lock;
mod owned;
mod pile;
mod record;
mod reopened;
mod scan;
mod scribe;
mod sink;
mod writer;

pub use digest::Digest;
pub use error::{JournalError, JournalErrorKind};
pub use folder::{Held, Runs, State};
pub use going_on::{Difference, DifferenceKind};
pub use history::{Ended, History, Known, Progress};
pub use key::Key;
pub use list_lock::ListLock;
pub use record::{Actor, Begun, Resumed};
pub use sink::Sink;
pub use writer::Journal;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
