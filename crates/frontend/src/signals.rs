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
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        next(&mut interrupt, &mut terminate, &mut hangup).await;
        brake.pull(Cause::Interrupted);
        next(&mut interrupt, &mut terminate, &mut hangup).await;
        brake.leave_now();
    });
    Ok(())
}

/// Lets an interruption no longer end the process by itself, from now on.
///
/// # Errors
///
/// Fails where the system lets no signal be watched.
pub fn outlive_interruptions() -> io::Result<()> {
    // tokio takes a signal over for the whole process, and for ever.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let _within = runtime.enter();
    signal(SignalKind::interrupt()).map(drop)
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal, hangup: &mut Signal) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}
