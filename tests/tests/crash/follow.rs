//! A program that is followed from system call to system call, in all its threads.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use nix::errno::Errno;
use nix::libc::{PTRACE_EVENT_EXEC, user_regs_struct};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// How long a program may take; far more than any needs.
const DEADLINE: Duration = Duration::from_secs(60);

/// The words before a program that is to be followed: it waits until somebody does.
pub(crate) const WAITING: [&str; 3] = ["sh", "-c", "kill -STOP $$; exec \"$0\" \"$@\""];

/// A system call begins or ends.
pub(crate) struct Stop {
    /// The thread that makes it.
    pub(crate) thread: Pid,
    /// The process.
    pub(crate) process: Pid,
    /// Whether it begins.
    pub(crate) begins: bool,
    /// Its place among all stops, from 1.
    pub(crate) number: usize,
}

impl Stop {
    /// The registers of the thread.
    pub(crate) fn registers(&self) -> user_regs_struct {
        ptrace::getregs(self.thread).unwrap()
    }

    /// Lets the thread go on with these.
    pub(crate) fn set_registers(&self, registers: user_regs_struct) {
        ptrace::setregs(self.thread, registers).unwrap();
    }
}

/// What is to happen at a stop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Then {
    /// The program goes on.
    GoOn,
    /// It ends here, as by `kill -9`.
    Kill,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Followed {
    /// Its exit code; 128 and the number of the signal where one ended it.
    pub(crate) code: i32,
    /// At how many stops it was seen.
    pub(crate) stops: usize,
}

/// Follows a program whose words begin with [`WAITING`] to its end, and asks at every stop what is to happen. The first is where it has just
/// become itself.
pub(crate) fn follow(mut command: Command, each: impl FnMut(&Stop) -> Then) -> Followed {
    let mut child = command.spawn().unwrap();
    let process = Pid::from_raw(child.id().cast_signed());
    let waits = waitpid(process, Some(WaitPidFlag::WUNTRACED)).unwrap();
    assert!(matches!(waits, WaitStatus::Stopped(..)), "{waits:?}");
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(process, options).unwrap();
    kill(process, Signal::SIGCONT).unwrap();
    let _awake = watch(process);
    let followed = Following { process, inside: BTreeSet::new(), is_itself: false, stops: 0, each }.until_it_ends();
    let _waited_for_already = child.wait();
    followed
}

/// Kills the process when it is late. Dropped, it does not.
fn watch(process: Pid) -> Sender<()> {
    let (awake, ended) = channel();
    thread::spawn(move || {
        if ended.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout) {
            let _ended_just_now = kill(process, Signal::SIGKILL);
        }
    });
    awake
}

struct Following<F> {
    process: Pid,
    /// The threads that are within a system call.
    inside: BTreeSet<Pid>,
    /// Whether the shell has become the program.
    is_itself: bool,
    stops: usize,
    each: F,
}

impl<F: FnMut(&Stop) -> Then> Following<F> {
    fn until_it_ends(mut self) -> Followed {
        loop {
            // Of this thread's children alone: others follow programs of their own.
            match waitpid(Pid::from_raw(-1), Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD)) {
                Ok(WaitStatus::PtraceSyscall(thread)) => self.stop(thread),
                Ok(WaitStatus::PtraceEvent(thread, _, event)) => {
                    if event == PTRACE_EVENT_EXEC {
                        self.is_itself = true;
                        self.inside.insert(thread);
                    }
                    go_on(thread, None);
                }
                Ok(WaitStatus::Stopped(thread, signal)) => go_on(thread, Some(signal)),
                Ok(WaitStatus::Exited(thread, code)) if thread == self.process => return self.ended(code),
                Ok(WaitStatus::Signaled(thread, signal, _)) if thread == self.process => {
                    return self.ended(128 + signal as i32);
                }
                Ok(_) | Err(Errno::EINTR) => {}
                Err(why) => panic!("the followed program is gone: {why}"),
            }
        }
    }

    fn stop(&mut self, thread: Pid) {
        let begins = self.inside.insert(thread);
        if !begins {
            self.inside.remove(&thread);
        }
        if self.is_itself {
            self.stops += 1;
            let stop = Stop { thread, process: self.process, begins, number: self.stops };
            if (self.each)(&stop) == Then::Kill {
                let _ended_just_now = kill(self.process, Signal::SIGKILL);
                return;
            }
        }
        go_on(thread, None);
    }

    const fn ended(&self, code: i32) -> Followed {
        Followed { code, stops: self.stops }
    }
}

/// A thread that was killed meanwhile goes nowhere.
fn go_on(thread: Pid, signal: Option<Signal>) {
    let _killed = ptrace::syscall(thread, signal);
}
