//! A run's own side of the journal: intents before requests leave, outcomes before they are told.
//!
//! All who wait at the same time share one sync: the first of them lets every other job add what it has, and then syncs for all. It does so on
//! the run's own thread: what would go on meanwhile may not be told or sent anyway.

use std::cell::{Cell, RefCell};

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::task::yield_now;

use super::chain::Chain;
use super::history::History;
use super::record::{Begun, ROWS_TOGETHER, Record, Resumed, RowRecord};
use super::scan::LONGEST_LINE;
use super::sink::Sink;
use crate::brake::{Brake, Cause};
use crate::line::Line;

/// How often whoever syncs lets the others add more, at most: each time it costs a look at what the network brought.
const MOST_ROUNDS: usize = 4;

/// The longest record, in bytes: what is written is read again, with its checksum behind it.
const LONGEST: usize = LONGEST_LINE - 1_024;

/// Why a record is not written that is longer.
const TOO_LONG: &str = "a line of it would be too long: give fewer words";

/// The lines that are not on the disk yet, and where they go.
struct Pages {
    sink: Box<dyn Sink>,
    chain: Chain,
    lines: Vec<u8>,
    /// How many records were added, in all.
    added: u64,
}

/// The journal of a run that goes on. One that is absent keeps nothing, and everything is durable at once.
pub struct Journal {
    pages: Option<RefCell<Pages>>,
    /// How many records are on the disk.
    durable: Cell<u64>,
    failure: RefCell<Option<String>>,
    /// Whoever holds it syncs next.
    turn: Mutex<()>,
}

impl Journal {
    /// Keeps nothing.
    #[must_use]
    pub fn absent() -> Self {
        Self { pages: None, durable: Cell::new(0), failure: RefCell::default(), turn: Mutex::new(()) }
    }

    /// Keeps everything in `sink`, behind what stands there and ends with this chain.
    fn behind(sink: Box<dyn Sink>, chain: Chain) -> Self {
        let pages = Pages { sink, chain, lines: Vec::new(), added: 0 };
        Self { pages: Some(RefCell::new(pages)), ..Self::absent() }
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

    /// Whether anything is kept at all.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.pages.is_none()
    }

    /// Why nothing can be kept any more, if so.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.failure.borrow().clone()
    }

    /// Whether nothing can be kept any more.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.borrow().is_some()
    }

    /// Adds what the run is, and the rows of its list: for each its number, its target, and its digest.
    pub fn begin(&self, begun: &Begun, rows: impl IntoIterator<Item = (u32, String, String)>) {
        self.add(&Record::Begun { version: super::record::VERSION, begun: std::borrow::Cow::Borrowed(begun) });
        let rows = rows.into_iter();
        let mut rows =
            rows.map(|(row, target, digest)| RowRecord { row, target: target.into(), digest: digest.into() });
        loop {
            let next: Vec<_> = rows.by_ref().take(ROWS_TOGETHER).collect();
            if next.is_empty() {
                return;
            }
            self.add(&Record::Rows { rows: next });
        }
    }

    /// Adds that somebody goes on with the run.
    pub fn resume(&self, resumed: &Resumed) {
        self.add(&Record::Resumed(std::borrow::Cow::Borrowed(resumed)));
    }

    /// Adds that these rows may be changed from now on, and gives the number to wait for by [`Self::keep_until`].
    pub(crate) fn intend(&self, rows: &[usize], at: Timestamp) -> u64 {
        self.add(&Record::Intent { rows: rows.into(), at })
    }

    /// Adds what became of a row, and gives the number to ask [`Self::has`] for.
    pub(crate) fn settle(&self, index: usize, line: &Line) -> u64 {
        self.add(&Record::Outcome { index, line: std::borrow::Cow::Borrowed(line) })
    }

    /// Adds that every row has its outcome.
    pub fn end(&self, cause: Option<Cause>, at: Timestamp) {
        self.add(&Record::Ended { cause, at });
    }

    /// Whether the record of this number is on the disk.
    pub(crate) fn has(&self, number: u64) -> bool {
        number <= self.durable.get()
    }

    /// Adds a record, and gives its number: 0 where nothing is kept, and one that is never reached where nothing can be kept any more. It stands
    /// nowhere yet.
    fn add(&self, record: &Record<'_>) -> u64 {
        let Some(pages) = &self.pages else { return 0 };
        if self.has_failed() {
            return u64::MAX;
        }
        let Pages { chain, lines, added, .. } = &mut *pages.borrow_mut();
        let start = lines.len();
        let written = serde_json::to_writer(&mut *lines, record).map_err(|error| error.to_string());
        let fits = lines.len() - start < LONGEST;
        if let Err(why) = written.and_then(|()| if fits { Ok(()) } else { Err(String::from(TOO_LONG)) }) {
            lines.truncate(start);
            self.fail(why);
            return u64::MAX;
        }
        chain.seal(lines, start);
        *added += 1;
        *added
    }

    /// Waits until all that was added so far is on the disk. Where that fails the brake is pulled, and nothing is kept any more.
    pub(crate) async fn keep(&self, brake: &Brake) {
        let Some(pages) = &self.pages else { return };
        let added = pages.borrow().added;
        self.keep_until(added, brake).await;
    }

    /// Waits until the record of this number is on the disk, as [`Self::keep`] does.
    pub(crate) async fn keep_until(&self, wanted: u64, brake: &Brake) {
        let Some(pages) = self.pages.as_ref().filter(|_| !self.has(wanted)) else { return };
        let _turn = self.turn.lock().await;
        if self.has(wanted) {
            return;
        }
        for _ in 0..MOST_ROUNDS {
            let before = pages.borrow().added;
            yield_now().await;
            if pages.borrow().added == before {
                break;
            }
        }
        if self.keep_now().is_err() {
            brake.pull(Cause::Unrecorded);
        }
    }

    /// Puts all that was added so far on the disk.
    ///
    /// # Errors
    ///
    /// Where that fails, in words.
    pub fn keep_now(&self) -> Result<(), String> {
        let Some(pages) = &self.pages else { return Ok(()) };
        if let Some(why) = self.failure() {
            return Err(why);
        }
        let Pages { sink, lines, added, .. } = &mut *pages.borrow_mut();
        if *added == self.durable.get() {
            return Ok(());
        }
        // A sync that failed is not tried again: what it was to put on the disk may be gone.
        if let Err(error) = sink.write(lines).and_then(|()| sink.sync()) {
            return Err(self.fail(error.to_string()));
        }
        lines.clear();
        self.durable.set(*added);
        Ok(())
    }

    /// Keeps nothing from here on.
    fn fail(&self, why: String) -> String {
        self.failure.borrow_mut().get_or_insert(why).clone()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io;
    use std::rc::Rc;

    use futures_util::future::join_all;

    use super::*;
    use crate::outcome::Outcome;

    /// What reached the disk, and how often that was made sure of.
    #[derive(Default)]
    struct Disk {
        text: RefCell<Vec<u8>>,
        syncs: Cell<u32>,
        is_full: Cell<bool>,
        loses: Cell<bool>,
    }

    impl Sink for Rc<Disk> {
        fn write(&mut self, lines: &[u8]) -> io::Result<()> {
            self.text.borrow_mut().extend_from_slice(lines);
            if self.is_full.get() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }

        fn sync(&mut self) -> io::Result<()> {
            self.syncs.set(self.syncs.get() + 1);
            if self.loses.get() { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
        }
    }

    impl Disk {
        fn lines(&self) -> usize {
            self.text.borrow().split(|&byte| byte == b'\n').count() - 1
        }
    }

    fn journal() -> (Rc<Disk>, Journal) {
        let disk = Rc::new(Disk::default());
        (Rc::clone(&disk), Journal::new(Box::new(disk)))
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
        absent.intend(&[0], Timestamp::UNIX_EPOCH);
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
        journal.intend(&[0], Timestamp::UNIX_EPOCH);
        let number = journal.settle(0, &line());
        assert_eq!((number, journal.has(1), journal.has(2), disk.lines()), (2, false, false, 0));
        let brake = Brake::default();
        journal.keep(&brake).await;
        assert!(journal.has(1) && journal.has(2) && !journal.has(3) && !journal.has_failed());
        assert_eq!((disk.lines(), disk.syncs.get()), (2, 1));
        journal.keep(&brake).await;
        journal.keep_now().unwrap();
        assert_eq!((disk.lines(), disk.syncs.get()), (2, 1), "there was nothing new");
        journal.end(None, Timestamp::UNIX_EPOCH);
        journal.keep_now().unwrap();
        assert_eq!((disk.lines(), disk.syncs.get(), brake.cause()), (3, 2, None));
    }

    #[tokio::test]
    async fn all_who_wait_share_one_sync() {
        let (disk, journal) = journal();
        let brake = Brake::default();
        let job = async |index: usize| {
            journal.intend(&[index], Timestamp::UNIX_EPOCH);
            journal.keep(&brake).await;
            assert!(journal.has(1 + index as u64));
        };
        join_all((0..16).map(job)).await;
        assert_eq!((disk.lines(), disk.syncs.get()), (16, 1));
        // Who adds something while another one waits is waited for, but not for ever. (They are polled in this order.)
        let late = async |rounds: usize| {
            for _ in 0..rounds {
                yield_now().await;
            }
            journal.intend(&[0], Timestamp::UNIX_EPOCH);
            journal.keep(&brake).await;
        };
        join_all([1, 0].map(late)).await;
        assert_eq!((disk.lines(), disk.syncs.get()), (18, 2));
        let at_once = 1 + MOST_ROUNDS;
        join_all((0..2 * at_once).rev().map(late)).await;
        assert_eq!((disk.lines(), disk.syncs.get()), (18 + 2 * at_once, 4));
    }

    /// PRC-05: once something could not be kept, nothing is, and whoever waits is told.
    #[tokio::test]
    async fn a_disk_that_failed_once_is_given_nothing_more() {
        for is_full in [true, false] {
            let (disk, journal) = journal();
            disk.is_full.set(is_full);
            disk.loses.set(!is_full);
            journal.intend(&[0], Timestamp::UNIX_EPOCH);
            let brake = Brake::default();
            journal.keep(&brake).await;
            assert_eq!(brake.cause(), Some(Cause::Unrecorded));
            let why = if is_full { "no storage space" } else { "other error" };
            assert_eq!(journal.failure().as_deref(), Some(why));
            assert!(journal.has_failed() && !journal.has(1));
            let (lines, syncs) = (disk.lines(), disk.syncs.get());
            assert_eq!(syncs, u32::from(!is_full));
            disk.is_full.set(false);
            disk.loses.set(false);
            assert_eq!(journal.settle(0, &line()), u64::MAX);
            assert!(!journal.has(u64::MAX));
            assert_eq!(journal.keep_now().unwrap_err(), why);
            journal.keep(&Brake::default()).await;
            assert_eq!((disk.lines(), disk.syncs.get()), (lines, syncs));
        }
    }

    #[test]
    fn rows_stand_together_and_every_one_is_there() {
        for (rows, records) in [(0, 1), (1, 2), (256, 2), (257, 3), (600, 4)] {
            let (disk, journal) = journal();
            let begun = Begun { rows, ..serde_json::from_str(BEGUN).unwrap() };
            journal.begin(&begun, (0..rows).map(|row| (u32::try_from(row).unwrap(), String::new(), String::new())));
            journal.keep_now().unwrap();
            assert_eq!(disk.lines(), records, "{rows}");
            let history = History::read(disk.text.borrow().as_slice()).unwrap();
            assert_eq!((history.rows.len(), history.begun), (rows, begun));
        }
    }

    const BEGUN: &str = r#"{"run": "one", "at": "2026-11-22T08:00:00.000Z", "panel": "cp.example.net", "user": "shop", "insecure": false,
        "by": {"user": "anna", "uid": 1, "machine": "desk", "pid": 7, "program": "cprekey"}, "list": "-", "path": null, "options": [],
        "reason": null, "ticket": null, "rows": 0, "changes": 0}"#;
}
