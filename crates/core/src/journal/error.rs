//! Why a journal cannot be written, read or locked: which file, what happened, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a journal cannot be had: which file, and why.
#[derive(Debug, Error)]
#[error("{}: {kind}", path.display())]
pub struct JournalError {
    /// The file, the folder, or what the user called the run.
    pub path: PathBuf,
    /// Why.
    pub kind: JournalErrorKind,
}

/// Why a journal cannot be had.
#[derive(Debug, Error)]
pub enum JournalErrorKind {
    /// The system said no.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// A file or folder that others could have written, or that is none.
    #[error("{0}")]
    NotOurs(&'static str),
    /// The key by which the run's rows are recognised is not there any more.
    #[error("the run's key is gone, by which its rows are recognised")]
    KeyGone,
    /// A line that does not follow the one before it: something else than a power cut changed the file.
    #[error("line {line} is damaged, or was changed by hand")]
    Damaged {
        /// The number of the line, from 1.
        line: u64,
    },
    /// A line that follows, and says what no journal says.
    #[error("line {line} makes no sense: {why}")]
    Senseless {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// There is not even a first line with all rows: the run ended before it sent anything, or somebody emptied the file.
    #[error(
        "it has no beginning: a run that ended so early sent nothing, and of one whose journal was emptied nothing is known"
    )]
    Empty,
    /// A later program wrote it.
    #[error("its version is {0}, and this program reads versions up to 1")]
    Later(u32),
    /// It is longer than any run's.
    #[error("it is longer than any journal")]
    TooLong,
    /// Somebody works on it now.
    #[error("in use by {by}")]
    Held {
        /// Who, as far as is known.
        by: String,
    },
    /// There is no such run.
    #[error("there is no such run")]
    NoSuchRun,
    /// Several runs begin so.
    #[error("{0} runs begin so")]
    Ambiguous(usize),
}

impl JournalError {
    pub(super) fn new(path: impl Into<PathBuf>, kind: JournalErrorKind) -> Self {
        Self { path: path.into(), kind }
    }

    /// For `map_err`.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::new(path, JournalErrorKind::Io(error))
    }

    /// What the user can do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self.kind {
            JournalErrorKind::Io(_) => {
                "make room there, or let the folder be written to; a new run can be kept in another folder, named by XDG_STATE_HOME, or nowhere: apply --no-journal"
            }
            JournalErrorKind::NotOurs(_) => {
                "look who put it there or opened it to others; then move it away, or make it yours alone: chmod go= FILE"
            }
            JournalErrorKind::KeyGone => {
                "put the file back; without it no run is gone on with, but shown, audited and reported it can be, and the list be applied anew"
            }
            JournalErrorKind::Damaged { .. } | JournalErrorKind::Senseless { .. } | JournalErrorKind::TooLong => {
                "nothing of it is believed; keep it for whoever looks into it, and apply the list anew: setting the same password twice does no harm"
            }
            JournalErrorKind::Empty => "apply the list anew; cprekey runs remove takes this one away",
            JournalErrorKind::Later(_) => "go on with the program that began it, or a later one",
            JournalErrorKind::Held { .. } => "wait until it has ended, or end it there",
            JournalErrorKind::NoSuchRun => "cprekey runs shows those that there are",
            JournalErrorKind::Ambiguous(_) => "give more of its id; cprekey runs shows them",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_names_the_file_and_what_can_be_done() {
        let senseless = JournalErrorKind::Senseless { line: 3, why: String::from("no record") };
        for (kind, said, remedy) in [
            (JournalErrorKind::Io(io::ErrorKind::StorageFull.into()), "no storage space", "apply --no-journal"),
            (JournalErrorKind::NotOurs("it is no key"), "it is no key", "look who put it there"),
            (JournalErrorKind::KeyGone, "the run's key is gone", "the list be applied anew"),
            (JournalErrorKind::Damaged { line: 2 }, "line 2 is damaged, or was changed by hand", "apply the list anew"),
            (senseless, "line 3 makes no sense: no record", "apply the list anew"),
            (JournalErrorKind::TooLong, "it is longer than any journal", "apply the list anew"),
            (
                JournalErrorKind::Empty,
                "it has no beginning: a run that ended so early sent nothing, and of one whose journal was emptied nothing is known",
                "cprekey runs remove",
            ),
            (JournalErrorKind::Later(2), "its version is 2,", "a later one"),
            (
                JournalErrorKind::Held { by: String::from("process 7") },
                "in use by process 7",
                "wait until it has ended",
            ),
            (JournalErrorKind::NoSuchRun, "there is no such run", "those that there are"),
            (JournalErrorKind::Ambiguous(2), "2 runs begin so", "give more of its id"),
        ] {
            let error = JournalError::new("runs/one.jsonl", kind);
            assert!(error.to_string().starts_with(&format!("runs/one.jsonl: {said}")), "{error}");
            assert!(error.remedy().contains(remedy), "{error}: {}", error.remedy());
        }
    }
}
