//! Waiting for what another process does, but not for ever.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run, a panel's start or an answer of it may take; far more than any of them needs.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// How long to wait before looking again.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// Does something that may block on a thread of its own; what it gives can be waited for.
pub(crate) fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (tell, told) = channel();
    thread::spawn(move || tell.send(work()));
    told
}

/// A stream that is read to its end, aside.
pub(crate) struct Reading {
    seen: Arc<Mutex<Vec<u8>>>,
    ended: Receiver<io::Result<()>>,
}

impl Reading {
    /// Begins to read.
    pub(crate) fn begin(mut stream: impl Read + Send + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&seen);
        let ended = aside(move || {
            let mut chunk = [0; 4096];
            loop {
                match stream.read(&mut chunk)? {
                    0 => return Ok(()),
                    length => into.lock().unwrap().extend_from_slice(&chunk[..length]),
                }
            }
        });
        Self { seen, ended }
    }

    /// What came so far.
    pub(crate) fn so_far(&self) -> Vec<u8> {
        self.seen.lock().unwrap().clone()
    }

    /// All of it; nothing where the end does not come in time.
    pub(crate) fn whole(&self) -> Option<Vec<u8>> {
        self.ended.recv_timeout(DEADLINE).ok()?.unwrap();
        Some(self.so_far())
    }
}

/// Waits until something holds that another process brings about; panics where it never does.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < DEADLINE, "{what} has not come about in {DEADLINE:?}");
        thread::sleep(BETWEEN_LOOKS);
    }
}
