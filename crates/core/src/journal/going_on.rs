//! Going on with a run: whether the list is still the one that it began with, and what of it is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::mem;

use super::digest::Digest;
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
        let digests: Vec<_> = entries.iter().map(|entry| key.digest(entry)).collect();
        if self.rows.iter().map(|known| &known.digest).eq(&digests) {
            return Vec::new();
        }
        let mut known: BTreeMap<u32, Digest> = self.rows.iter().map(|known| (known.row, known.digest)).collect();
        let mut differences = BTreeSet::new();
        for (entry, digest) in entries.iter().zip(&digests) {
            let kind = match known.remove(&entry.row) {
                Some(before) if before == *digest => continue,
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;
    use secrecy::SecretString;

    use super::super::folder::{Held, Runs};
    use super::super::record::{Actor, Begun};
    use super::*;
    use crate::address::Address;
    use crate::line::Line;

    const RUN: &str = "20261122T080000Z-0001";

    fn entry(row: u32, password: &str) -> Entry {
        let target = Some(Address::parse(&format!("user{row}@example.com")).unwrap().into());
        Entry { row, target, account: None, task: Task::Change(SecretString::from(password).into()) }
    }

    fn entries() -> Vec<Entry> {
        (1..=7).map(|row| entry(row, "Tide&Orchard#7")).collect()
    }

    fn line(row: u32, outcome: Outcome) -> Line {
        Line {
            row,
            target: format!("user{row}@example.com"),
            outcome,
            reason: None,
            detail: String::new(),
            attempts: 1,
            elapsed: Duration::ZERO,
            finished_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// A run of seven rows that was cut off, a row for each way in which one can be.
    fn cut_off(folder: &tempfile::TempDir) -> Held {
        let runs = Runs::under(folder.path());
        let key = Key::random();
        let journal = runs.create(RUN, &key).unwrap();
        let begun = Begun {
            run: RUN.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            by: Actor::default(),
            panel: String::new(),
            user: String::new(),
            insecure: true,
            list: String::new(),
            path: None,
            options: Vec::new(),
            reason: None,
            ticket: None,
            rows: 7,
            changes: 7,
        };
        let list = entries();
        journal.begin(
            &begun,
            list.iter().map(|entry| (entry.row, entry.target.as_ref().unwrap().to_string(), key.digest(entry))),
        );
        journal.intend(vec![5], Timestamp::UNIX_EPOCH);
        let outcomes = [Outcome::Changed, Outcome::Refused, Outcome::Unknown, Outcome::NotTried, Outcome::Invalid];
        for (index, outcome) in outcomes.into_iter().enumerate() {
            let row = list[index].row;
            journal.settle(index, &line(row, outcome));
        }
        journal.keep_now().unwrap();
        drop(journal);
        runs.take_up(RUN).unwrap()
    }

    fn settled(entries: &[Entry]) -> Vec<u32> {
        let settled = entries.iter().filter(|entry| matches!(entry.task, Task::Settled(_)));
        settled.map(|entry| entry.row).collect()
    }

    #[test]
    fn what_is_over_is_left_alone_and_what_may_have_been_done_is_doubtful() {
        let folder = tempfile::tempdir().unwrap();
        let held = cut_off(&folder);
        for (failed_too, over) in [(false, vec![1, 2, 5]), (true, vec![1, 5])] {
            let mut list = entries();
            let doubtful = held.history.leave_out_what_is_over(&mut list, failed_too);
            assert_eq!((settled(&list), doubtful), (over, BTreeSet::from([2, 5])));
        }
        let outcomes: Vec<_> = held.history.rows.iter().map(Known::outcome).collect();
        assert_eq!(outcomes[..2], [Some(Outcome::Changed), Some(Outcome::Refused)]);
        assert_eq!(outcomes[5..], [None, None]);
        let unchecked: Vec<_> = held.history.rows.iter().map(|known| known.insecure).collect();
        assert_eq!((unchecked, held.history.is_insecure()), (vec![true, true, true, true, true, true, false], true));
    }

    #[test]
    fn rows_that_differ_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let held = cut_off(&folder);
        let told = |list: &[Entry]| -> Vec<String> {
            held.history.differences(&held.key, list).iter().map(ToString::to_string).collect()
        };
        assert_eq!(told(&entries()), Vec::<String>::new());
        let mut list = entries();
        list[2] = entry(3, "Tide&Orchard#8");
        list[6] = entry(8, "Tide&Orchard#7");
        assert_eq!(told(&list), ["row 3: not as it was", "row 7: missing", "row 8: new"]);
        assert_eq!(told(&entries()[..6]), ["row 7: missing"]);
    }
}
