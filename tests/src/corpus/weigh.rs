//! How much memory and time a program takes.

use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// How it ended.
    pub status: ExitStatus,
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it held at once, in bytes.
    pub peak: u64,
}

/// Runs a program to its end and weighs it. The system counts the memory of whoever starts a program to that program's peak, so this must be
/// done from a small process.
///
/// # Errors
///
/// Where it cannot be started.
pub fn weigh(command: &mut Command) -> std::io::Result<Weight> {
    let begun = Instant::now();
    let ended = command.spawn()?.wait4()?;
    Ok(Weight { status: ended.status, time: begun.elapsed(), peak: ended.rusage.maxrss })
}
