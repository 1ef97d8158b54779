//! The log: every event with its time, for later. It holds no secret.

use std::cell::{OnceCell, RefCell};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use cprekey_core::event::{Event, Observer};
use cprekey_core::failpoint::failpoint;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use jiff::Timestamp;

/// A file to which every event is appended.
pub(crate) struct LogFile {
    path: PathBuf,
    file: RefCell<File>,
    /// Why the first line that is missing could not be written.
    missing: OnceCell<io::Error>,
}

impl LogFile {
    /// Opens the file, or makes it; what stands in it stays.
    ///
    /// # Errors
    ///
    /// Names the file.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(|error| {
            Failure::bad_input(format!("the log {} cannot be opened: {error}", path.display()))
                .with_remedy("name a file in a folder that is there and that you may write to")
        })?;
        Ok(Self { path: path.to_owned(), file: RefCell::new(file), missing: OnceCell::new() })
    }

    /// Why lines are missing from it, if any are.
    pub(crate) fn close(self) -> Option<Failure> {
        let error = self.missing.into_inner()?;
        let what = format!("lines are missing from the log {}: {error}", self.path.display());
        Some(Failure::new(Exit::Failed, what).with_remedy("make room on the disk; a report has every row (--report)"))
    }
}

impl Observer for LogFile {
    fn note(&self, event: &Event<'_>) {
        failpoint("log", b"");
        let now = Timestamp::now();
        let line = match event {
            Event::Started { run, rows, changes } => format!("run {run} begins: {changes} changes in {rows} rows"),
            Event::Retrying { row, tries, after, fault } => retrying(*row, *tries, after.as_millis(), fault),
            Event::Settled(settled) => settled_line(settled.line),
            Event::Unbatched { why } => unbatched(why),
            Event::Unrecorded { why } => unrecorded(why),
            Event::LoginsEnded { why } => logins_ended(why),
            Event::Systematic { rows, reason } => format!("the first {rows} rows were all refused: {reason}"),
            Event::Stopping { cause } => format!("no further rows are taken: {}", cause.reason()),
            Event::Finished(summary) => format!("run {} ends", summary.run),
        };
        // A full disk must not end a run whose report may still be written. A line is one write, so that those of two runs stay apart.
        if let Err(error) = self.file.borrow_mut().write_all(format!("{now:.3} {line}\n").as_bytes()) {
            let _known = self.missing.set(error);
        }
    }
}

/// A retry, in a line.
pub(super) fn retrying(row: Option<u32>, tries: u32, after_ms: u128, fault: &str) -> String {
    let whose = row.map_or_else(|| String::from("a question"), |row| format!("row {row}"));
    format!("{whose}: try {tries} failed, again in {after_ms} ms: {fault}")
}

/// The end of the journal, in a line.
pub(super) fn unrecorded(why: &str) -> String {
    format!("the journal cannot be written: {why}: what is settled from here on is not in it")
}

/// The end of batches, in a line.
pub(super) fn unbatched(why: &str) -> String {
    format!("from here on each change is sent by itself: {why}")
}

/// The end of logins, in a line.
pub(super) fn logins_ended(why: &str) -> String {
    format!("no more logins are tried: {why}; what is left is not verified")
}

/// A settled row, in a line.
pub(super) fn settled_line(line: &cprekey_core::line::Line) -> String {
    let reason = line.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    let detail = if line.detail.is_empty() { String::new() } else { format!(": {}", line.detail) };
    format!("row {}: {} {}{reason}{detail}", line.row, line.target, line.outcome)
}
