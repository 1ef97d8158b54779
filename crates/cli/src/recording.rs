//! What a run keeps of itself: the lock of its list, and its journal.

use std::ffi::{OsStr, OsString};
use std::path;

use cprekey_core::entry::Entry;
use cprekey_core::journal::{Actor, Begun, Digest, Journal, Key, ListLock, Runs};
use cprekey_core::plan::Plan;
use cprekey_core::target::Target;
use cprekey_frontend::connection::Connection;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;
use jiff::Timestamp;

/// The program and its version.
const PROGRAM: &str = concat!("cprekey ", env!("CARGO_PKG_VERSION"));

/// Why a run is done, in the user's words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Why {
    pub(crate) reason: Option<String>,
    pub(crate) ticket: Option<String>,
}

/// What is to be kept of a run, besides what becomes of its rows.
#[derive(Debug)]
pub(crate) struct About {
    /// The list as the user named it.
    pub(crate) list: OsString,
    /// The options as they would be typed again.
    pub(crate) options: Vec<String>,
    pub(crate) why: Why,
}

/// A list that no other run on the panel has now, and where its journal will be.
pub(crate) struct Recording {
    pub(crate) runs: Runs,
    pub(crate) by: Actor,
    /// Kept as long as the run goes on.
    _lock: ListLock,
}

impl Recording {
    /// Takes the list's lock.
    ///
    /// # Errors
    ///
    /// Where another run has it, or nothing can be written where runs are kept.
    pub(crate) fn prepare(runs: Runs, connection: &Connection, entries: &[Entry]) -> Result<Self, Failure> {
        let by = state::actor(PROGRAM);
        let Connection { host, user, .. } = connection;
        let lock = ListLock::take(&runs, host, user, entries, &by.to_string());
        Ok(Self { _lock: lock.map_err(|error| state::failure(&error))?, runs, by })
    }

    /// What a run is that begins now.
    pub(crate) fn begun(&self, run: &str, about: About, connection: &Connection, rows: usize, plan: &Plan) -> Begun {
        Begun {
            run: run.to_owned(),
            at: Timestamp::now(),
            by: self.by.clone(),
            panel: connection.host.clone(),
            user: connection.user.clone(),
            insecure: connection.insecure,
            list: about.list.to_string_lossy().into_owned(),
            path: path_of(&about.list),
            options: about.options,
            reason: about.why.reason,
            ticket: about.why.ticket,
            rows,
            changes: plan.changes,
        }
    }

    /// Begins its journal, with the digest of each row, on the disk before this returns.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn begin(
        &self,
        begun: &Begun,
        key: &Key,
        entries: &[Entry],
        digests: Vec<Digest>,
    ) -> Result<Journal, Failure> {
        let journal = self.runs.create(&begun.run, key).map_err(|error| state::failure(&error))?;
        journal.begin(begun, entries.iter().zip(digests).map(|(entry, digest)| (entry.row, target_of(entry), digest)));
        if let Err(failure) = kept(&journal, &self.runs, &begun.run) {
            // Nothing was sent, and what stands there tells nothing. The journal gives its lock back first.
            drop(journal);
            let _it_stays = self.runs.remove(&begun.run);
            return Err(failure);
        }
        Ok(journal)
    }
}

fn target_of(entry: &Entry) -> &str {
    entry.target.as_ref().map_or("", Target::as_str)
}

/// Puts what was added to a journal on the disk.
///
/// # Errors
///
/// Names the journal.
pub(crate) fn kept(journal: &Journal, runs: &Runs, run: &str) -> Result<(), Failure> {
    journal.keep_now().map_err(|why| {
        Failure::new(Exit::Failed, format!("{}: {why}; nothing was sent", runs.path(run).display()))
            .with_remedy("make room there; a new run can be kept in another folder, named by XDG_STATE_HOME, or nowhere: apply --no-journal")
    })
}

/// A list's path from the root; none for standard input.
fn path_of(list: &OsStr) -> Option<String> {
    if list == "-" {
        return None;
    }
    path::absolute(list).ok().map(|path| path.to_string_lossy().into_owned())
}
