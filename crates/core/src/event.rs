//! What a run tells while it goes on. The core tells; who shows it, and how, is another's business.

use std::time::Duration;

use serde::Serialize;

use crate::brake::Cause;
use crate::change::Change;
use crate::line::Line;
use crate::reason::Reason;
use crate::summary::Summary;

/// Something that happened in a run.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event<'a> {
    /// The run begins.
    Started {
        /// The run's id.
        run: &'a str,
        /// Rows of the list that are not empty: each is settled once.
        rows: usize,
        /// How many of them will be sent.
        changes: usize,
    },
    /// A call is tried again after a wait.
    Retrying {
        /// The row, where the call is for one.
        row: Option<u32>,
        /// How often it has been tried.
        tries: u32,
        /// How long it waits, in milliseconds when written.
        #[serde(rename = "after_ms", serialize_with = "crate::line::milliseconds")]
        after: Duration,
        /// What went wrong, without any secret.
        fault: &'a str,
    },
    /// A row has its outcome.
    Settled(Settled<'a>),
    /// From here on every change is a request of its own.
    Unbatched {
        /// Why: the panel refuses batches, or they are lost. Safe to show.
        why: &'a str,
    },
    /// The first changes that were sent were all refused for one reason, and so the run stops.
    Systematic {
        /// How many.
        rows: usize,
        /// The reason.
        reason: Reason,
    },
    /// Verifications by login are given up, on all servers or on one; the rows that are left are not verified.
    LoginsEnded {
        /// Why. Safe to show.
        why: &'a str,
    },
    /// The journal cannot be written: what is settled from here on is in no journal.
    Unrecorded {
        /// What the system said.
        why: &'a str,
    },
    /// No further rows are taken.
    Stopping {
        /// Why.
        cause: Cause,
    },
    /// Every row has its outcome.
    Finished(&'a Summary),
}

/// A row that has its outcome.
#[derive(Serialize)]
pub struct Settled<'a> {
    /// The row's place among the rows of the list that are not empty, from 0.
    #[serde(skip)]
    pub index: usize,
    /// What became of it.
    #[serde(flatten)]
    pub line: &'a Line,
    /// Whether nothing will remember the line: the journal could not be written. Not so where there is none.
    #[serde(skip)]
    pub unrecorded: bool,
    /// Whether an earlier session of the run has settled it.
    #[serde(skip)]
    pub earlier: bool,
    /// The change, where the row is one to try again. Never written.
    #[serde(skip)]
    pub again: Option<Change<'a>>,
}

/// Somebody who is told.
pub trait Observer {
    /// Takes note of an event; must not block for long, because the run waits.
    fn note(&self, event: &Event<'_>);
}
