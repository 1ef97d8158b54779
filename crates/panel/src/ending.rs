//! When the panel ends: on a signal, or with its standard input.

use std::io::{self, Read as _};
use std::thread;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

/// What the end is waited for by; signals count from the moment this is made.
pub(crate) struct Ending {
    terminated: Signal,
    interrupted: Signal,
    hung_up: Signal,
    with_input: bool,
}

impl Ending {
    /// Listens for SIGTERM, SIGINT and SIGHUP, and `with_input` for the end of standard input.
    ///
    /// # Errors
    ///
    /// When the system does not let us listen for signals.
    pub(crate) fn listen(with_input: bool) -> io::Result<Self> {
        let terminated = signal(SignalKind::terminate())?;
        let interrupted = signal(SignalKind::interrupt())?;
        let hung_up = signal(SignalKind::hangup())?;
        Ok(Self { terminated, interrupted, hung_up, with_input })
    }

    /// Waits for the end.
    pub(crate) async fn come(mut self) {
        tokio::select! {
            _ = self.terminated.recv() => {}
            _ = self.interrupted.recv() => {}
            _ = self.hung_up.recv() => {}
            () = end_of_input(), if self.with_input => {}
        }
    }
}

/// Reading standard input blocks, so a thread of its own does it; nobody waits for that thread.
async fn end_of_input() {
    let (tell, told) = oneshot::channel();
    thread::spawn(move || {
        let mut bytes = [0; 1024];
        while io::stdin().read(&mut bytes).is_ok_and(|length| length > 0) {}
        tell.send(())
    });
    let _ = told.await;
}
