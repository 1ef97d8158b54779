//! A process group that does not outlive a call that is given up.

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Child;

/// The process group of a child. Dropped before the child has ended, it is killed as a whole; what a child leaves behind that ended by itself is
/// let be.
#[derive(Debug)]
pub(super) struct Group(Option<Pid>);

impl Group {
    /// The group that a child leads, which was started with `process_group(0)`.
    pub(super) fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }

    /// Lets it be: the child was waited for, and its number may soon be another's.
    pub(super) fn release(&mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0.take() {
            // It may have ended by itself.
            let _gone = kill_process_group(group, Signal::KILL);
        }
    }
}
