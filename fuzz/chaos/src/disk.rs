//! The journal's disk: what was written, what would outlive a power cut, and what its lines say that would.

use std::collections::{HashMap, HashSet};
use std::io;
use std::panic;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cprekey_core::journal::Sink;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::Value;

use crate::faults::Breakage;

/// What a machine that dies unwinds with.
#[derive(Debug)]
pub(crate) struct Died;

/// What goes wrong at some operation of a disk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planned {
    /// Which write, with its sync, from 1.
    pub(crate) at: usize,
    pub(crate) breakage: Breakage,
    /// How much of what is written then arrives, from 0 to 1.
    pub(crate) share: f64,
}

#[derive(Debug, Default)]
struct Pages {
    written: Vec<u8>,
    synced: usize,
    writes: usize,
    planned: Option<Planned>,
    /// Whether syncs only say that they were made: a mistake that is planted.
    pretends: bool,
    failed: bool,
    /// Bytes of lines that were looked at.
    read: usize,
    /// The rows that may be changed, by what would outlive a power cut.
    intended: HashSet<usize>,
    /// The rows' outcomes, likewise.
    settled: HashMap<usize, String>,
}

/// A disk that is used by the journal, and looked into by the harness.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk(Arc<Mutex<Pages>>);

impl Disk {
    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn pretending(pretends: bool) -> Self {
        Self(Arc::new(Mutex::new(Pages { pretends, ..Pages::default() })))
    }

    /// Plans what goes wrong from here on; operations are counted anew.
    pub(crate) fn plan(&self, planned: Option<Planned>) {
        let mut pages = self.pages();
        pages.writes = 0;
        pages.failed = false;
        pages.planned = planned;
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.pages().failed
    }

    /// Whether the row may be changed, by what would outlive a power cut.
    pub(crate) fn intends(&self, index: usize) -> bool {
        self.pages().intended.contains(&index)
    }

    /// The word for the row's outcome, by what would outlive a power cut.
    pub(crate) fn outcome(&self, index: usize) -> Option<String> {
        self.pages().settled.get(&index).cloned()
    }

    /// What is there after the machine went down: what was synced, perhaps a part of the rest, perhaps zeros behind it.
    pub(crate) fn after_power_cut(&self, dice: &mut StdRng) -> Vec<u8> {
        let mut pages = self.pages();
        let rest = pages.written.len() - pages.synced;
        let kept = pages.synced + if rest == 0 { 0 } else { dice.random_range(0..=rest) };
        pages.written.truncate(kept);
        if rest > 0 && dice.random_bool(0.3) {
            let zeros = dice.random_range(1..600);
            pages.written.extend(std::iter::repeat_n(0, zeros));
        }
        pages.written.clone()
    }

    /// All that was written: what is there after the program alone has died.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.pages().written.clone()
    }

    /// Puts these bytes in the place of all, on the disk for good.
    pub(crate) fn mend(&self, bytes: Vec<u8>) {
        let mut pages = self.pages();
        *pages = Pages { written: bytes, pretends: pages.pretends, ..Pages::default() };
        pages.synced = pages.written.len();
        pages.look();
    }
}

impl Pages {
    /// What becomes of this operation, where something is planned for it.
    fn breaks(&self) -> Option<Planned> {
        self.planned.filter(|planned| planned.at == self.writes)
    }

    /// Reads the lines that are on the disk for good since the last look.
    fn look(&mut self) {
        let lines = self.written[self.read..self.synced].split_inclusive(|&byte| byte == b'\n');
        for line in lines {
            let Ok(record) = serde_json::from_slice::<Value>(line) else { break };
            self.read += line.len();
            let index = |value: &Value| value.as_u64().and_then(|index| usize::try_from(index).ok());
            let rows = record["rows"].as_array().into_iter().flatten();
            match record["kind"].as_str() {
                Some("intent") => self.intended.extend(rows.filter_map(index)),
                Some("outcomes") => {
                    let outcome = |row: &Value| row[1].as_str().unwrap_or_default().to_owned();
                    self.settled.extend(rows.filter_map(|row| Some((index(&row[0])?, outcome(row)))));
                }
                _ => {}
            }
        }
    }
}

impl Sink for Disk {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let mut pages = self.pages();
        pages.writes += 1;
        let Some(Planned { breakage, share, .. }) = pages.breaks() else {
            pages.written.extend_from_slice(lines);
            return Ok(());
        };
        let arrived = match breakage {
            Breakage::DiesBefore => 0,
            Breakage::DiesWriting | Breakage::WriteFails => part(lines.len(), share),
            Breakage::DiesUnsynced | Breakage::DiesAfter | Breakage::SyncFails => lines.len(),
        };
        pages.written.extend_from_slice(&lines[..arrived]);
        match breakage {
            Breakage::DiesBefore | Breakage::DiesWriting => {
                drop(pages);
                panic::resume_unwind(Box::new(Died))
            }
            Breakage::WriteFails => {
                pages.failed = true;
                Err(io::ErrorKind::StorageFull.into())
            }
            Breakage::DiesUnsynced | Breakage::DiesAfter | Breakage::SyncFails => Ok(()),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut pages = self.pages();
        let breakage = pages.breaks().map(|planned| planned.breakage);
        if breakage == Some(Breakage::SyncFails) {
            pages.failed = true;
            return Err(io::Error::from_raw_os_error(5));
        }
        if !pages.pretends && breakage != Some(Breakage::DiesUnsynced) {
            pages.synced = pages.written.len();
            pages.look();
        }
        if matches!(breakage, Some(Breakage::DiesUnsynced | Breakage::DiesAfter)) {
            drop(pages);
            panic::resume_unwind(Box::new(Died));
        }
        Ok(())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a part of a few kilobytes"
)]
fn part(length: usize, share: f64) -> usize {
    ((length as f64) * share) as usize
}
