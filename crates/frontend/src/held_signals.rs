//! Signals that wait while the terminal is not as it was. No handler is installed, so that nothing of it stays behind.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};

use nix::sys::signal::{SigSet, SigmaskHow, Signal, raise};
use nix::sys::signalfd::{SfdFlags, SignalFd};

/// The signals that end a program or stop it, and that a person or a shell sends.
const HELD: [Signal; 5] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGTSTP];

/// What a signal asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// That the program ends: Ctrl-C, a termination, a closed terminal.
    End,
    /// What the system does at this signal: Ctrl-\ or Ctrl-Z.
    Default(Signal),
}

/// The signals, held back from this thread until this is dropped. The program must have no other thread that takes them.
pub(crate) struct HeldSignals {
    arriving: SignalFd,
    before: SigSet,
}

impl HeldSignals {
    /// Holds them back from now on.
    ///
    /// # Errors
    ///
    /// Fails where the system does not let them be waited for.
    pub(crate) fn hold() -> io::Result<Self> {
        let held: SigSet = HELD.into_iter().collect();
        let arriving = SignalFd::with_flags(&held, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)?;
        let before = held.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
        Ok(Self { arriving, before })
    }

    /// The signal that has come, if one has.
    ///
    /// # Errors
    ///
    /// Fails where the system does not tell.
    pub(crate) fn next(&self) -> io::Result<Option<Event>> {
        let come = self.arriving.read_signal()?.and_then(|facts| facts.ssi_signo.try_into().ok());
        let signal = come.map(|number: i32| Signal::try_from(number)).transpose()?;
        Ok(signal.map(|signal| match signal {
            Signal::SIGQUIT | Signal::SIGTSTP => Event::Default(signal),
            _ => Event::End,
        }))
    }

    /// Lets go of them, and lets this one do what it does: the program may end or stop here.
    ///
    /// # Errors
    ///
    /// Fails where it cannot be sent.
    pub(crate) fn let_go_with(self, signal: Signal) -> io::Result<()> {
        drop(self);
        Ok(raise(signal)?)
    }
}

impl AsFd for HeldSignals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.arriving.as_fd()
    }
}

impl Drop for HeldSignals {
    fn drop(&mut self) {
        let _stays = self.before.thread_set_mask();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// SEC-25: what comes while signals are held is told, and afterwards they do what they did.
    #[test]
    fn a_signal_waits_and_leaves_nothing_behind() {
        let before = SigSet::thread_get_mask().unwrap();
        let signals = HeldSignals::hold().unwrap();
        assert!(signals.next().unwrap().is_none());
        // Sent to this thread alone.
        raise(Signal::SIGTERM).unwrap();
        assert!(matches!(signals.next().unwrap(), Some(Event::End)));
        raise(Signal::SIGQUIT).unwrap();
        assert!(matches!(signals.next().unwrap(), Some(Event::Default(Signal::SIGQUIT))));
        drop(signals);
        assert_eq!(SigSet::thread_get_mask().unwrap(), before);
    }
}
