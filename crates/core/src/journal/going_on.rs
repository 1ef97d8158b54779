//! Going on with a run: whether the list is still the one that it began with, and what of it is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::mem;

use super::history::{History, Known, Progress};
use super::key::Key;
use crate::entry::{Entry, Task};
use crate::outcome::Outcome;

/// How a row of a list is not as a run knows it. Shown as "row 17: not as it was".
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Difference {
    /// The row number that the user sees.
    pub row: u32,
    /// What is different.
    pub kind: DifferenceKind,
}

/// What is different about a row.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum DifferenceKind {
    /// Its target, its passwords, or what is to be done with it.
    Changed,
    /// The run knows no such row.
    New,
    /// The list has no such row any more.
    Missing,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.kind {
            DifferenceKind::Changed => "not as it was",
            DifferenceKind::New => "new",
            DifferenceKind::Missing => "missing",
        };
        write!(formatter, "row {}: {words}", self.row)
    }
}

impl Known {
    /// What became of it, where that is known.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match &self.progress {
            Progress::Settled(line) => Some(line.outcome),
            Progress::Waiting | Progress::UnderWay { .. } => None,
        }
    }

    /// Whether it is left alone when somebody goes on with the run; with `failed_too` a row that was refused is not.
    #[must_use]
    pub fn is_over(&self, failed_too: bool) -> bool {
        match &self.progress {
            Progress::Waiting | Progress::UnderWay { .. } => false,
            Progress::Settled(line) => match line.outcome {
                Outcome::Changed | Outcome::Unchanged | Outcome::Skipped | Outcome::Invalid => true,
                Outcome::Refused => !failed_too,
                Outcome::NotTried | Outcome::Unknown => false,
            },
        }
    }

    /// Whether it may have been changed, and nobody knows.
    fn is_doubtful(&self) -> bool {
        match &self.progress {
            Progress::Waiting => false,
            Progress::UnderWay { .. } => true,
            Progress::Settled(line) => line.outcome == Outcome::Unknown,
        }
    }
}

impl History {
    /// How a list is not the one that the run began with, row by row; nothing where it is the same.
    #[must_use]
    pub fn differences(&self, key: &Key, entries: &[Entry]) -> Vec<Difference> {
        let digests: Vec<String> = entries.iter().map(|entry| key.digest(&self.begun.run, entry)).collect();
        if self.rows.iter().map(|known| &known.digest).eq(&digests) {
            return Vec::new();
        }
        let mut known: BTreeMap<u32, &str> = self.rows.iter().map(|known| (known.row, known.digest.as_str())).collect();
        let mut differences = BTreeSet::new();
        for (entry, digest) in entries.iter().zip(&digests) {
            let kind = match known.remove(&entry.row) {
                Some(before) if before == digest => continue,
                Some(_) => DifferenceKind::Changed,
                None => DifferenceKind::New,
            };
            differences.insert(Difference { row: entry.row, kind });
        }
        differences.extend(known.into_keys().map(|row| Difference { row, kind: DifferenceKind::Missing }));
        differences.into_iter().collect()
    }

    /// Leaves only what is left to do of a list that is [the same](Self::differences): what is over becomes [`Task::Settled`]. Gives the changes,
    /// by their index, that may have been made without anybody knowing.
    pub fn leave_out_what_is_over(&self, entries: &mut [Entry], failed_too: bool) -> BTreeSet<usize> {
        let mut doubtful = BTreeSet::new();
        for (index, (known, entry)) in self.rows.iter().zip(entries).enumerate() {
            if let Progress::Settled(line) = &known.progress
                && known.is_over(failed_too)
            {
                // The passwords are wiped here.
                drop(mem::replace(&mut entry.task, Task::Settled(Box::new(line.clone()))));
            } else if known.is_doubtful() && matches!(entry.task, Task::Change(_)) {
                doubtful.insert(index);
            }
        }
        doubtful
    }
}
