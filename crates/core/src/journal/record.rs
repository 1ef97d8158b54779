//! What stands in a journal: a record a line, or outcomes that follow one another.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::brake::Cause;
use crate::line::{Line, from_milliseconds, from_rfc3339, milliseconds, rfc3339};
use crate::outcome::Outcome;
use crate::reason::Reason;

/// The version of what is written here. A journal of a later one is refused.
pub(super) const VERSION: u32 = 1;

/// So many rows of the list stand in one record.
pub(super) const ROWS_TOGETHER: usize = 256;

/// Who works on a run. Shown as "process 7 of anna on mail.example.net".
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Actor {
    /// The name of the system's user.
    pub user: String,
    /// The number of that user.
    pub uid: u32,
    /// The machine's name.
    pub machine: String,
    /// The program's process id.
    pub pid: u32,
    /// The program and its version.
    pub program: String,
}

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "process {} of {} on {}", self.pid, self.user, self.machine)
    }
}

/// What a run is: who, where, when, with which options, and why. No secret.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Begun {
    /// The run's id.
    pub run: String,
    /// When it began, UTC.
    #[serde(serialize_with = "rfc3339", deserialize_with = "from_rfc3339")]
    pub at: Timestamp,
    /// Who began it.
    pub by: Actor,
    /// The panel, as the user gave it, or this server's name.
    pub panel: String,
    /// Whose token it is, or who drives the local programs.
    pub user: String,
    /// Whether the panel's certificate went unchecked.
    pub insecure: bool,
    /// The list as the user named it; `-` for standard input.
    pub list: String,
    /// The list's path from the root; none for standard input.
    pub path: Option<String>,
    /// The options, each as it would be typed; none that could hold a secret.
    pub options: Vec<String>,
    /// Why it is done, in the user's words.
    pub reason: Option<String>,
    /// Where it was asked for: the number of a ticket.
    pub ticket: Option<String>,
    /// Rows of the list that are not empty.
    pub rows: usize,
    /// How many of them are changes that the plan has not ruled out.
    pub changes: usize,
}

/// That somebody goes on with a run.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Resumed {
    /// When, UTC.
    #[serde(serialize_with = "rfc3339", deserialize_with = "from_rfc3339")]
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// The options that were typed for it, as they would be typed; none that could hold a secret.
    pub options: Vec<String>,
    /// Why, in the user's words.
    pub reason: Option<String>,
    /// Where it was asked for: the number of a ticket.
    pub ticket: Option<String>,
    /// Whether the panel's certificate goes unchecked from here on.
    pub insecure: bool,
    /// How many bytes of a torn last line were cut off.
    pub cut: u64,
}

/// A row of the list: its number, its target, and the digest by which it is recognised. Long lists are why it is written as an array.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct RowRecord<'a>(pub(super) u32, pub(super) Cow<'a, str>, pub(super) Digest);

/// What became of a row, as an array too: the row's index, its outcome, the reason, the detail, the attempts, the milliseconds from the first of them
/// on, and the moment when it was settled. Its number and its target stand among the rows of the list, and not once more here.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct OutcomeRecord<'a>(
    pub(super) usize,
    Outcome,
    Option<Reason>,
    Cow<'a, str>,
    u32,
    #[serde(serialize_with = "milliseconds", deserialize_with = "from_milliseconds")] Duration,
    #[serde(serialize_with = "rfc3339", deserialize_with = "from_rfc3339")] Timestamp,
);

impl<'a> OutcomeRecord<'a> {
    pub(super) fn new(index: usize, line: &'a Line) -> Self {
        let Line { row: _, target: _, outcome, reason, ref detail, attempts, elapsed, finished_at } = *line;
        Self(index, outcome, reason, detail.into(), attempts, elapsed, finished_at)
    }

    /// The line of the row that has this number and this target.
    pub(super) fn into_line(self, row: u32, target: String) -> Line {
        let Self(_, outcome, reason, detail, attempts, elapsed, finished_at) = self;
        Line { row, target, outcome, reason, detail: detail.into_owned(), attempts, elapsed, finished_at }
    }
}

/// How a [`Record::Outcomes`] begins and ends, as it is written.
pub(super) const OUTCOMES: (&str, &str) = (r#"{"kind":"outcomes","rows":["#, "]}");

/// One line of a journal. Rows are named by their index among the rows of the list that are not empty, from 0.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Record<'a> {
    /// The first line of all.
    Begun {
        version: u32,
        #[serde(flatten)]
        begun: Cow<'a, Begun>,
    },
    /// The next rows of the list.
    Rows { rows: Vec<RowRecord<'a>> },
    /// From here on these may have been changed.
    Intent {
        rows: Vec<usize>,
        #[serde(serialize_with = "rfc3339", deserialize_with = "from_rfc3339")]
        at: Timestamp,
    },
    /// What became of rows, in the order in which that came to be known.
    Outcomes { rows: Cow<'a, [OutcomeRecord<'a>]> },
    /// Every row has its outcome.
    Ended {
        cause: Option<Cause>,
        #[serde(serialize_with = "rfc3339", deserialize_with = "from_rfc3339")]
        at: Timestamp,
    },
    /// Somebody goes on with the run.
    Resumed(Cow<'a, Resumed>),
}
