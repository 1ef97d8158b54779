//! How a run is kept: not at all, in a new journal, or behind what an earlier session of it wrote.

use std::collections::BTreeSet;

use cprekey_core::entry::Entry;
use cprekey_core::journal::{Digest, Held, Journal, Key, Resumed};
use cprekey_core::plan::Plan;
use cprekey_core::run;
use cprekey_frontend::connection::Connection;
use cprekey_frontend::failure::Failure;
use jiff::Timestamp;

use crate::recording::{About, Recording, kept};

/// How a run is to be kept.
pub(crate) enum Keeping {
    /// Not at all.
    Nothing,
    /// In a new journal.
    Anew(Box<Anew>),
    /// Behind what an earlier session wrote.
    Again(Box<Again>),
}

/// A run that begins.
pub(crate) struct Anew {
    pub(crate) recording: Recording,
    pub(crate) about: About,
    /// By which its rows are recognised.
    pub(crate) key: Key,
}

/// A run that is gone on with.
pub(crate) struct Again {
    pub(crate) recording: Recording,
    pub(crate) held: Held,
    pub(crate) about: About,
    /// The changes, by their index, that an earlier session may have made.
    pub(crate) doubtful: BTreeSet<usize>,
}

/// A run that is kept, as long as this is.
pub(crate) struct Kept {
    pub(crate) journal: Journal,
    /// It holds the list's lock.
    _recording: Option<Recording>,
}

impl Keeping {
    /// The run's id: a new one, where it is not gone on with.
    pub(crate) fn run_id(&self) -> String {
        match self {
            Self::Again(again) => again.held.history.begun.run.clone(),
            Self::Nothing | Self::Anew(_) => run::run_id(Timestamp::now()),
        }
    }

    /// When it was begun, where that was before.
    pub(crate) fn began(&self) -> Option<Timestamp> {
        match self {
            Self::Again(again) => Some(again.held.history.begun.at),
            Self::Nothing | Self::Anew(_) => None,
        }
    }

    /// The changes, by their index, that an earlier session may have made.
    pub(crate) fn doubtful(&self) -> BTreeSet<usize> {
        match self {
            Self::Again(again) => again.doubtful.clone(),
            Self::Nothing | Self::Anew(_) => BTreeSet::new(),
        }
    }

    /// By what each row of a run that begins is recognised, made while others have their turns; nothing for one that does not.
    pub(crate) async fn digests(&self, entries: &[Entry]) -> Vec<Digest> {
        match self {
            Self::Anew(anew) => anew.key.digests(entries).await,
            Self::Nothing | Self::Again(_) => Vec::new(),
        }
    }

    /// Writes down that the run begins, with the digests of its rows, or goes on; on the disk before this returns.
    ///
    /// # Errors
    ///
    /// Where that cannot be written.
    pub(crate) fn begin(
        self,
        run: &str,
        connection: &Connection,
        entries: &[Entry],
        digests: Vec<Digest>,
        plan: &Plan,
    ) -> Result<Kept, Failure> {
        match self {
            Self::Nothing => Ok(Kept { journal: Journal::absent(), _recording: None }),
            Self::Anew(anew) => {
                let Anew { recording, about, key } = *anew;
                let begun = recording.begun(run, about, connection, entries.len(), plan);
                let journal = recording.begin(&begun, &key, entries, digests)?;
                Ok(Kept { journal, _recording: Some(recording) })
            }
            Self::Again(again) => again.go_on(connection.insecure),
        }
    }
}

impl Again {
    /// Writes down that the run goes on.
    ///
    /// # Errors
    ///
    /// Where that cannot be written.
    fn go_on(self, insecure: bool) -> Result<Kept, Failure> {
        let Self { recording, held: Held { journal, history, .. }, about, .. } = self;
        journal.resume(&Resumed {
            at: Timestamp::now(),
            by: recording.by.clone(),
            options: about.options,
            reason: about.why.reason,
            ticket: about.why.ticket,
            insecure,
            cut: history.torn,
        });
        kept(&journal, &recording.runs, &history.begun.run)?;
        Ok(Kept { journal, _recording: Some(recording) })
    }
}

impl Kept {
    /// What helps where the program breaks off in the middle.
    pub(crate) fn advice(&self, run: &str) -> Option<String> {
        (!self.journal.is_absent()).then(|| {
            format!("what was done is in the journal: cprekey resume {run} goes on, cprekey report {run} --report FILE tells of every row")
        })
    }
}
