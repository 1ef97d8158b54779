//! What a session begins with: the whole list, or what the journal of the sessions before leaves of it.

use std::collections::{BTreeSet, HashSet};

use cprekey_core::entry::{Entry, Task};
use cprekey_core::journal::{Actor, Begun, Digest, History, Journal, JournalErrorKind, Progress, Resumed};
use cprekey_core::outcome::Outcome;

use crate::case::Case;
use crate::clock;
use crate::disk::Disk;
use crate::planted::Mistake;
use crate::rows::{Kind, Row};

/// What a session begins with.
pub(crate) struct Beginning {
    pub(crate) entries: Vec<Entry>,
    pub(crate) journal: Journal,
    /// The rows that an earlier session may have changed without learning it.
    pub(crate) doubtful: BTreeSet<usize>,
    /// The rows that an earlier session has settled.
    pub(crate) settled: HashSet<usize>,
    /// Whether the journal has to be begun.
    pub(crate) is_new: bool,
}

/// The whole list.
pub(crate) fn anew(case: &Case, disk: Option<&Disk>) -> Beginning {
    let journal = disk.map_or_else(Journal::absent, |disk| Journal::new(Box::new(disk.clone())));
    Beginning {
        entries: case.rows.iter().map(Row::entry).collect(),
        journal,
        doubtful: BTreeSet::new(),
        settled: HashSet::new(),
        is_new: true,
    }
}

/// What is left to do by what a journal says, its torn end cut off.
pub(crate) fn take_up(
    case: &Case,
    disk: &Disk,
    mut bytes: Vec<u8>,
    mistake: Option<Mistake>,
) -> Result<Beginning, JournalErrorKind> {
    let history = match History::read(bytes.as_slice()) {
        // Nothing was sent: the list was not on the disk yet.
        Err(JournalErrorKind::Empty) => {
            disk.mend(Vec::new());
            return Ok(anew(case, Some(disk)));
        }
        history => history?,
    };
    let torn = usize::try_from(history.torn).expect("a journal in memory");
    bytes.truncate(bytes.len() - torn);
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    disk.mend(bytes);
    let journal = Journal::after(&history, Box::new(disk.clone()));
    let mut beginning = Beginning { journal, is_new: false, ..anew(case, None) };
    for (index, (row, known)) in case.rows.iter().zip(&history.rows).enumerate() {
        let is_change = matches!(row.kind, Kind::Change(_));
        match &known.progress {
            Progress::Waiting => {}
            Progress::UnderWay { .. } => drop(is_change && beginning.doubtful.insert(index)),
            Progress::Settled(line) => match line.outcome {
                Outcome::NotTried => {}
                Outcome::Unknown => drop(is_change && beginning.doubtful.insert(index)),
                _ => {
                    beginning.settled.insert(index);
                    if mistake != Some(Mistake::SettledIsSentAgain) {
                        beginning.entries[index].task = Task::Settled(Box::new(line.clone()));
                    }
                }
            },
        }
    }
    if mistake == Some(Mistake::DoubtIsForgotten) {
        beginning.doubtful.clear();
    }
    Ok(beginning)
}

impl Beginning {
    /// Puts down what this session is.
    pub(crate) fn put_down(&self, case: &Case, changes: usize) -> Result<(), String> {
        if self.is_new {
            let rows = case.rows.iter().map(|row| {
                let target = row.wanted().map(|wanted| wanted.target.clone()).unwrap_or_default();
                (row.row, target, Digest::default())
            });
            self.journal.begin(&begun(case, changes), rows);
        } else {
            self.journal.resume(&resumed());
        }
        self.journal.keep_now()
    }
}

fn begun(case: &Case, changes: usize) -> Begun {
    Begun {
        run: "chaos".to_owned(),
        at: clock::now(),
        by: Actor::default(),
        panel: "panel.example".to_owned(),
        user: "root".to_owned(),
        insecure: false,
        list: "list.csv".to_owned(),
        path: None,
        options: Vec::new(),
        reason: None,
        ticket: None,
        rows: case.rows.len(),
        changes,
    }
}

fn resumed() -> Resumed {
    Resumed {
        at: clock::now(),
        by: Actor::default(),
        insecure: false,
        options: Vec::new(),
        reason: None,
        ticket: None,
        cut: 0,
    }
}
