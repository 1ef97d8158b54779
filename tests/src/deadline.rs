//! Waiting for what another process does, but not for ever.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel};
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

/// Reads a stream to its end, aside.
pub(crate) fn read_aside(mut stream: impl Read + Send + 'static) -> Receiver<io::Result<Vec<u8>>> {
    aside(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map(|_| bytes)
    })
}

/// Waits until something holds that another process brings about; panics where it never does.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < DEADLINE, "{what} has not come about in {DEADLINE:?}");
        thread::sleep(BETWEEN_LOOKS);
    }
}
