//! A run's own side of the journal: intents before requests leave, outcomes before they are told.
//!
//! All who wait at the same time share one sync: the first of them lets every other job add what it has, and then has all of it put on the disk. While
//! that goes on, the others gather what goes there next.

use std::borrow::Cow;
use std::cell::Cell;
use std::io;
use std::slice;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::task::yield_now;

use super::chain::Chain;
use super::desk::{Aside, Desk};
use super::digest::Digest;
use super::history::History;
use super::record::{Begun, OutcomeRecord, ROWS_TOGETHER, Record, Resumed, RowRecord, VERSION};
use super::scribe::Scribe;
use super::sink::Sink;
use crate::brake::{Brake, Cause};
use crate::line::Line;

/// How often whoever syncs lets the others add more, at most: each time it costs a look at what the network brought.
const MOST_ROUNDS: usize = 4;

/// So many records of rows are made while those before them are written.
const RECORDS_AHEAD: usize = 16;

/// The journal of a run that goes on. One that is absent keeps nothing, and everything is durable at once.
pub struct Journal {
    desk: Option<Arc<Desk>>,
    /// Who writes; without it that is done by whoever waits, on the run's own thread.
    aside: Option<Aside>,
    /// How many records were added, in all.
    added: Cell<u64>,
    /// Whoever holds it syncs next.
    turn: Mutex<()>,
}

impl Journal {
    /// Keeps nothing.
    #[must_use]
    pub fn absent() -> Self {
        Self { desk: None, aside: None, added: Cell::new(0), turn: Mutex::new(()) }
    }

    /// Keeps everything in `sink`, behind what stands there and ends with this chain.
    fn behind(sink: Box<dyn Sink>, chain: Chain) -> Self {
        Self { desk: Some(Arc::new(Desk::new(Scribe::new(sink, chain)))), ..Self::absent() }
    }

    /// Goes on with the journal that `history` was read from: `sink` writes behind the last line that it believes, which ends as lines do.
    #[must_use]
    pub fn after(history: &History, sink: Box<dyn Sink>) -> Self {
        Self::behind(sink, history.chain.clone())
    }

    /// A new journal in `sink`.
    #[must_use]
    pub fn new(sink: Box<dyn Sink>) -> Self {
        Self::behind(sink, Chain::new())
    }

    /// Has a thread of its own write, so that no run stands still while a disk works. Dropped, it waits for that.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread.
    pub fn on_its_own_thread(mut self) -> io::Result<Self> {
        self.aside = self.desk.clone().map(Aside::start).transpose()?;
        Ok(self)
    }

    /// Whether anything is kept at all.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.desk.is_none()
    }

    /// Why nothing can be kept any more, if so.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.desk.as_ref()?.failure().map(str::to_owned)
    }

    /// Whether nothing can be kept any more.
    pub(crate) fn has_failed(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.failure().is_some())
    }

    /// Adds what the run is, and the rows of its list: for each its number, its target, and its digest. A thread of its own writes them while they
    /// come.
    pub fn begin<'a, T: Into<Cow<'a, str>>>(&self, begun: &Begun, rows: impl IntoIterator<Item = (u32, T, Digest)>) {
        self.add(&Record::Begun { version: VERSION, begun: Cow::Borrowed(begun) });
        let rows = rows.into_iter();
        let mut rows = rows.map(|(row, target, digest)| RowRecord(row, target.into(), digest));
        for records in 1_usize.. {
            let next: Vec<_> = rows.by_ref().take(ROWS_TOGETHER).collect();
            if next.is_empty() {
                return;
            }
            self.add(&Record::Rows { rows: next });
            if records.is_multiple_of(RECORDS_AHEAD) {
                self.aside.iter().for_each(Aside::ask);
            }
        }
    }

    /// Adds that somebody goes on with the run.
    pub fn resume(&self, resumed: &Resumed) {
        self.add(&Record::Resumed(Cow::Borrowed(resumed)));
    }

    /// Adds that these rows may be changed from now on, and gives the number by which one waits until that is on the disk.
    pub fn intend(&self, rows: Vec<usize>, at: Timestamp) -> u64 {
        self.add(&Record::Intent { rows, at })
    }

    /// Adds what became of a row, and gives the number by which one asks whether it is on the disk.
    pub fn settle(&self, index: usize, line: &Line) -> u64 {
        let outcome = OutcomeRecord::new(index, line);
        self.add(&Record::Outcomes { rows: Cow::Borrowed(slice::from_ref(&outcome)) })
    }

    /// Adds that every row has its outcome.
    pub fn end(&self, cause: Option<Cause>, at: Timestamp) {
        self.add(&Record::Ended { cause, at });
    }

    /// Whether the record of this number is on the disk.
    pub(crate) fn has(&self, number: u64) -> bool {
        number <= self.desk.as_ref().map_or(0, |desk| desk.durable())
    }

    /// Adds a record, and gives its number: 0 where nothing is kept, and one that is never reached where nothing can be kept any more. It stands
    /// nowhere yet.
    fn add(&self, record: &Record<'_>) -> u64 {
        let Some(desk) = &self.desk else { return 0 };
        if !desk.lay_down(record) {
            return u64::MAX;
        }
        self.added.update(|added| added + 1);
        self.added.get()
    }

    /// Waits until all that was added so far is on the disk. Where that fails the brake is pulled, and nothing is kept any more.
    pub(crate) async fn keep(&self, brake: &Brake) {
        self.keep_until(self.added.get(), brake).await;
    }

    /// Waits until the record of this number is on the disk, as [`Self::keep`] does.
    pub(crate) async fn keep_until(&self, wanted: u64, brake: &Brake) {
        let Some(desk) = &self.desk else { return };
        if !self.has(wanted) && !self.has_failed() {
            let _turn = self.turn.lock().await;
            if !self.has(wanted) {
                self.gather().await;
                match &self.aside {
                    Some(aside) => aside.keep(desk, self.added.get()).await,
                    None => desk.keep(),
                }
            }
        }
        // Another one may have seen it fail before.
        if self.has_failed() {
            brake.pull(Cause::Unrecorded);
        }
    }

    /// Lets every other job add what it has.
    async fn gather(&self) {
        for _ in 0..MOST_ROUNDS {
            let before = self.added.get();
            yield_now().await;
            if self.added.get() == before {
                return;
            }
        }
    }

    /// Puts all that was added so far on the disk.
    ///
    /// # Errors
    ///
    /// Where that fails, in words.
    pub fn keep_now(&self) -> Result<(), String> {
        let Some(desk) = &self.desk else { return Ok(()) };
        desk.keep();
        desk.failure().map_or(Ok(()), |why| Err(why.to_owned()))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use futures_util::future::join_all;

    use super::*;
    use crate::outcome::Outcome;

    /// What reached the disk, and how often that was made sure of.
    #[derive(Default)]
    struct Disk {
        text: Mutex<Vec<u8>>,
        syncs: AtomicU32,
        is_full: AtomicBool,
        loses: AtomicBool,
    }

    impl Sink for Arc<Disk> {
        fn write(&mut self, lines: &[u8]) -> io::Result<()> {
            self.text.lock().unwrap().extend_from_slice(lines);
            if self.is_full.load(Ordering::Relaxed) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn sync(&mut self) -> io::Result<()> {
            self.syncs.fetch_add(1, Ordering::Relaxed);
            if self.loses.load(Ordering::Relaxed) { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
        }
    }

    impl Disk {
        fn lines(&self) -> usize {
            self.text.lock().unwrap().split(|&byte| byte == b'\n').count() - 1
        }

        fn syncs(&self) -> u32 {
            self.syncs.load(Ordering::Relaxed)
        }
    }

    fn journal() -> (Arc<Disk>, Journal) {
        let disk = Arc::new(Disk::default());
        (Arc::clone(&disk), Journal::new(Box::new(disk)))
    }

    fn line() -> Line {
        Line {
            row: 2,
            target: String::from("anna@example.com"),
            outcome: Outcome::Changed,
            reason: None,
            detail: String::new(),
            attempts: 1,
            elapsed: std::time::Duration::ZERO,
            finished_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn an_absent_journal_keeps_nothing_and_has_everything() {
        let absent = Journal::absent();
        absent.intend(vec![0], Timestamp::UNIX_EPOCH);
        assert_eq!(absent.settle(0, &line()), 0);
        assert!(absent.is_absent() && absent.has(0) && absent.failure().is_none());
        let brake = Brake::default();
        absent.keep(&brake).await;
        assert_eq!((absent.keep_now(), brake.cause()), (Ok(()), None));
        assert!(!journal().1.is_absent());
    }

    #[tokio::test]
    async fn a_record_is_there_once_it_is_kept_and_kept_once() {
        let (disk, journal) = journal();
        journal.intend(vec![0], Timestamp::UNIX_EPOCH);
        let number = journal.settle(0, &line());
        assert_eq!((number, journal.has(1), journal.has(2), disk.lines()), (2, false, false, 0));
        let brake = Brake::default();
        journal.keep(&brake).await;
        assert!(journal.has(1) && journal.has(2) && !journal.has(3) && !journal.has_failed());
        assert_eq!((disk.lines(), disk.syncs()), (2, 1));
        journal.keep(&brake).await;
        journal.keep_now().unwrap();
        assert_eq!((disk.lines(), disk.syncs()), (2, 1), "there was nothing new");
        journal.end(None, Timestamp::UNIX_EPOCH);
        journal.keep_now().unwrap();
        assert_eq!((disk.lines(), disk.syncs(), brake.cause()), (3, 2, None));
    }

    #[tokio::test]
    async fn all_who_wait_share_one_sync() {
        let (disk, journal) = journal();
        let brake = Brake::default();
        let job = async |index: usize| {
            journal.intend(vec![index], Timestamp::UNIX_EPOCH);
            journal.keep(&brake).await;
            assert!(journal.has(1 + index as u64));
        };
        join_all((0..16).map(job)).await;
        assert_eq!((disk.lines(), disk.syncs()), (16, 1));
        // Who adds something while another one waits is waited for, but not for ever. (They are polled in this order.)
        let late = async |rounds: usize| {
            for _ in 0..rounds {
                yield_now().await;
            }
            journal.intend(vec![0], Timestamp::UNIX_EPOCH);
            journal.keep(&brake).await;
        };
        join_all([1, 0].map(late)).await;
        assert_eq!((disk.lines(), disk.syncs()), (18, 2));
        let at_once = 1 + MOST_ROUNDS;
        join_all((0..2 * at_once).rev().map(late)).await;
        assert_eq!((disk.lines(), disk.syncs()), (18 + 2 * at_once, 4));
    }

    /// PRC-05: once something could not be kept, nothing is, and whoever waits is told.
    #[tokio::test]
    async fn a_disk_that_failed_once_is_given_nothing_more() {
        for is_full in [true, false] {
            let (disk, journal) = journal();
            disk.is_full.store(is_full, Ordering::Relaxed);
            disk.loses.store(!is_full, Ordering::Relaxed);
            journal.intend(vec![0], Timestamp::UNIX_EPOCH);
            let brake = Brake::default();
            journal.keep(&brake).await;
            assert_eq!(brake.cause(), Some(Cause::Unrecorded));
            let why = if is_full { "no storage space" } else { "other error" };
            assert_eq!(journal.failure().as_deref(), Some(why));
            assert!(journal.has_failed() && !journal.has(1));
            let (lines, syncs) = (disk.lines(), disk.syncs());
            assert_eq!(syncs, u32::from(!is_full));
            disk.is_full.store(false, Ordering::Relaxed);
            disk.loses.store(false, Ordering::Relaxed);
            assert_eq!(journal.settle(0, &line()), u64::MAX);
            assert!(!journal.has(u64::MAX));
            assert_eq!(journal.keep_now().unwrap_err(), why);
            journal.keep(&Brake::default()).await;
            assert_eq!((disk.lines(), disk.syncs()), (lines, syncs));
        }
    }

    #[test]
    fn rows_stand_together_and_every_one_is_there() {
        for (rows, records) in [(0, 1), (1, 2), (256, 2), (257, 3), (600, 4)] {
            let (disk, journal) = journal();
            let begun = Begun { rows, ..serde_json::from_str(BEGUN).unwrap() };
            journal.begin(&begun, (0..rows).map(|row| (u32::try_from(row).unwrap(), "", Digest::default())));
            journal.keep_now().unwrap();
            assert_eq!(disk.lines(), records, "{rows}");
            let history = History::read(disk.text.lock().unwrap().as_slice()).unwrap();
            assert_eq!((history.rows.len(), history.begun), (rows, begun));
        }
    }

    const BEGUN: &str = r#"{"run": "one", "at": "2026-11-22T08:00:00.000Z", "panel": "cp.example.net", "user": "shop", "insecure": false,
        "by": {"user": "anna", "uid": 1, "machine": "desk", "pid": 7, "program": "cprekey"}, "list": "-", "path": null, "options": [],
        "reason": null, "ticket": null, "rows": 0, "changes": 0}"#;
}
