//! What Ctrl-C, a termination and a closed terminal do to a run.

use std::io;

use cprekey_core::brake::{Brake, Cause};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Watches for signals from now on: the first takes no new rows and finishes what is under way, the second leaves now.
///
/// # Errors
///
/// Fails where the system lets no signal be watched.
pub fn watch(brake: Brake) -> io::Result<()> {
    let mut ends = Ends::watch()?;
    outlive_the_file_size_limit()?;
    tokio::spawn(async move {
        ends.next().await;
        brake.pull(Cause::Interrupted);
        ends.next().await;
        brake.leave_now();
    });
    Ok(())
}

/// Lets a write beyond `ulimit -f` fail as one on a full disk does, where the signal would end the program and nobody would be told what was
/// changed.
fn outlive_the_file_size_limit() -> io::Result<()> {
    // To be watched is to be no end any more.
    signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw())).map(drop)
}

/// The signals that end a program: Ctrl-C, a termination, a closed terminal.
struct Ends {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl Ends {
    /// Watches for them from now on. The runtime takes them over for the whole process, and for ever.
    ///
    /// # Errors
    ///
    /// Fails where the system lets no signal be watched.
    fn watch() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
        }
    }
}
