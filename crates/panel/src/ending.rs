//! When the panel ends: on a signal, or with its standard input.

use std::io::{self, Read as _};
use std::thread;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Waits for SIGTERM or SIGINT; with `stdin` also for the end of standard input.
///
/// # Errors
///
/// When the system does not let us listen for signals.
pub(crate) async fn ending(stdin: bool) -> io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
        () = end_of_input(), if stdin => {}
    }
    Ok(())
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
