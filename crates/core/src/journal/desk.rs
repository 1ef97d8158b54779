//! Where records wait for the scribe, and how far it is: the one place that a run and the thread which writes for it share.

use std::io;
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{Builder, JoinHandle};

use tokio::sync::Notify;

use super::record::Record;
use super::scribe::Scribe;

/// Why nothing is written any more where the thread that wrote is gone.
const BROKEN_OFF: &str = "whoever writes it broke off";

/// Records that wait, and how many of all are on the disk.
pub(super) struct Desk {
    waiting: Mutex<Vec<Record<'static>>>,
    /// Whoever holds it takes what waits, so that all is written in the order in which it was laid down.
    scribe: Mutex<Scribe>,
    durable: AtomicU64,
    failure: OnceLock<String>,
    /// Told when the thread has put something on the disk, or failed.
    done: Notify,
}

impl Desk {
    pub(super) fn new(scribe: Scribe) -> Self {
        Self {
            waiting: Mutex::default(),
            scribe: Mutex::new(scribe),
            durable: AtomicU64::new(0),
            failure: OnceLock::new(),
            done: Notify::new(),
        }
    }

    /// Lays a record down.
    pub(super) fn lay_down(&self, record: Record<'static>) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(record);
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
        let Ok(mut scribe) = self.scribe.lock() else { return self.fail(BROKEN_OFF.to_owned()) };
        if self.failure().is_some() {
            return;
        }
        let records = mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if records.is_empty() {
            return;
        }
        match scribe.put_down(&records) {
            Ok(()) => self.durable.store(self.durable() + records.len() as u64, Ordering::Release),
            Err(why) => self.fail(why),
        }
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
