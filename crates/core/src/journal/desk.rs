//! Where records wait for the scribe, and how far it is: the one place that a run and the thread which writes for it share.

use std::io;
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{Builder, JoinHandle};

use tokio::sync::Notify;

use super::pile::Pile;
use super::record::Record;
use super::scribe::Scribe;

/// Why nothing is written any more where the thread that wrote is gone.
const BROKEN_OFF: &str = "whoever writes it broke off";

/// Records that wait, and how many of all are on the disk.
pub(super) struct Desk {
    waiting: Mutex<Pile>,
    /// Whoever holds them takes what waits, so that all is written in the order in which it was laid down.
    scribe: Mutex<(Scribe, Pile)>,
    durable: AtomicU64,
    failure: OnceLock<String>,
    /// Told when the thread has put something on the disk, or failed.
    done: Notify,
}

impl Desk {
    pub(super) fn new(scribe: Scribe) -> Self {
        Self {
            waiting: Mutex::default(),
            scribe: Mutex::new((scribe, Pile::default())),
            durable: AtomicU64::new(0),
            failure: OnceLock::new(),
            done: Notify::new(),
        }
    }

    /// Lays a record down, and says whether it may still be kept. One that cannot be written is as good as a disk that takes nothing more.
    pub(super) fn lay_down(&self, record: &Record<'_>) -> bool {
        if self.failure().is_none()
            && let Err(why) = self.waiting().add(record)
        {
            self.fail(why);
        }
        self.failure().is_none()
    }

    fn waiting(&self) -> MutexGuard<'_, Pile> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many records are on the disk.
    pub(super) fn durable(&self) -> u64 {
        self.durable.load(Ordering::Acquire)
    }

    /// Why nothing can be kept any more, if so.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }

    /// Puts all that waits on the disk, unless that failed before.
    pub(super) fn keep(&self) {
        let Ok(mut held) = self.scribe.lock() else { return self.fail(BROKEN_OFF.to_owned()) };
        let (scribe, pile) = &mut *held;
        if self.failure().is_some() {
            return;
        }
        mem::swap(pile, &mut self.waiting());
        if pile.count() == 0 {
            return;
        }
        match scribe.put_down(pile) {
            Ok(()) => self.durable.store(self.durable() + pile.count() as u64, Ordering::Release),
            Err(why) => self.fail(why.to_string()),
        }
        pile.clear();
    }

    /// Keeps nothing from here on.
    fn fail(&self, why: String) {
        let _failed_before = self.failure.set(why);
    }
}

/// A thread that writes what waits at a desk, whenever it is asked to. Dropped, it has ended.
pub(super) struct Aside {
    asked: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Aside {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// Where the system gives no thread.
    pub(super) fn start(desk: Arc<Desk>) -> io::Result<Self> {
        let (asked, asking) = channel();
        let thread = Builder::new().name(String::from("journal")).spawn(move || write_for(&desk, &asking))?;
        Ok(Self { asked: Some(asked), thread: Some(thread) })
    }

    /// Has all that waits put on the disk, in its own time. Where that cannot be, whoever waits for it is told.
    pub(super) fn ask(&self) {
        let _broken_off = self.asked.as_ref().map(|asked| asked.send(()));
    }

    /// Has all that waits put on the disk, and waits until so many records are there, or none can be any more.
    pub(super) async fn keep(&self, desk: &Desk, wanted: u64) {
        if self.asked.as_ref().is_none_or(|asked| asked.send(()).is_err()) {
            return desk.fail(BROKEN_OFF.to_owned());
        }
        while desk.durable() < wanted && desk.failure().is_none() {
            desk.done.notified().await;
        }
    }
}

fn write_for(desk: &Desk, asking: &Receiver<()>) {
    /// Tells whoever waits, also where this thread breaks off.
    struct Told<'a>(&'a Desk);
    impl Drop for Told<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                self.0.fail(BROKEN_OFF.to_owned());
            }
            self.0.done.notify_one();
        }
    }
    while asking.recv().is_ok() {
        let _told = Told(desk);
        desk.keep();
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        drop(self.asked.take());
        if let Some(thread) = self.thread.take() {
            let _broken_off = thread.join();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use futures_util::future::join_all;
    use jiff::Timestamp;

    use super::super::digest::Digest;
    use super::super::record::Begun;
    use super::super::scan::scan;
    use super::super::sink::Sink;
    use super::super::writer::Journal;
    use super::*;
    use crate::brake::{Brake, Cause};

    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Sink for Memory {
        fn write(&mut self, lines: &[u8]) -> io::Result<()> {
            self.0.lock().unwrap().extend_from_slice(lines);
            Ok(())
        }

        fn sync(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// How many lines stand there, one behind the other.
    fn lines(text: &Mutex<Vec<u8>>) -> u64 {
        scan(text.lock().unwrap().as_slice(), |_, _| Ok(())).unwrap().lines
    }

    /// What is written aside is there once it was waited for, in order, and nothing is written any more when the journal is gone.
    #[tokio::test]
    async fn a_thread_of_its_own_keeps_what_is_waited_for() {
        let text = Arc::<Mutex<Vec<u8>>>::default();
        let journal = Journal::new(Box::new(Memory(Arc::clone(&text)))).on_its_own_thread().unwrap();
        let brake = Brake::default();
        let job = async |index: usize| {
            for round in 0..10 {
                let number = journal.intend(vec![index, round], Timestamp::UNIX_EPOCH);
                journal.keep_until(number, &brake).await;
                assert!(journal.has(number) && lines(&text) >= number);
            }
        };
        join_all((0..16).map(job)).await;
        journal.end(None, Timestamp::UNIX_EPOCH);
        assert_eq!((journal.keep_now(), brake.cause()), (Ok(()), None));
        drop(journal);
        assert_eq!((lines(&text), Arc::strong_count(&text)), (161, 1));
    }

    /// So that a long list is on the disk when its last row is made, or soon after.
    #[test]
    fn the_rows_of_a_long_list_are_written_while_they_are_made() {
        let text = Arc::<Mutex<Vec<u8>>>::default();
        let journal = Journal::new(Box::new(Memory(Arc::clone(&text)))).on_its_own_thread().unwrap();
        let begun = Begun { rows: 5_000, ..Begun::default() };
        journal.begin(&begun, (0..5_000).map(|row| (row, "anna@example.com", Digest::default())));
        // Nobody asked for the last ones.
        drop(journal);
        assert!((17..=21).contains(&lines(&text)), "{}", lines(&text));
    }

    #[tokio::test]
    async fn a_thread_of_its_own_tells_what_became_of_it() {
        let whys = ["no storage space", "whoever writes it broke off"];
        for (sink, why) in [Box::new(Full) as Box<dyn Sink>, Box::new(Broken)].into_iter().zip(whys) {
            let journal = Journal::new(sink).on_its_own_thread().unwrap();
            for _ in 0..2 {
                let brake = Brake::default();
                journal.intend(vec![0], Timestamp::UNIX_EPOCH);
                journal.keep(&brake).await;
                assert_eq!((brake.cause(), journal.failure().as_deref()), (Some(Cause::Unrecorded), Some(why)));
            }
            assert!(journal.has_failed() && !journal.has(1));
            assert_eq!(journal.keep_now().unwrap_err(), why);
        }
    }

    struct Full;

    impl Sink for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn sync(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Broken;

    impl Sink for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<()> {
            std::panic::resume_unwind(Box::new(()))
        }

        fn sync(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
