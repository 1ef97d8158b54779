//! What a disk can answer to a system call, and the giving of that answer in its place.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::libc::{self, user_regs_struct};
use nix::unistd::Pid;

use crate::follow::Stop;

/// The longest path that is read.
const LONGEST_PATH: usize = 512;

/// A system call that works on files.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Call {
    Write,
    Sync,
    Open,
    Close,
    Truncate,
    Lock,
    Rename,
    MakeFolder,
    Unlink,
}

/// What it works on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Thing {
    /// The journal, its key, and the folders of both.
    Journal,
    /// The list's lock.
    Lock,
    /// The report, or the folder in which it comes to stand.
    Report,
    /// Standard output.
    Output,
}

/// What a disk answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// An error.
    Error(Errno),
    /// Half of what was to be written is written.
    Short,
}

/// One call of a run, as a fault can strike it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Target {
    pub(crate) call: Call,
    pub(crate) thing: Thing,
}

impl Fault {
    /// Whether the call can come to this at all.
    pub(crate) fn fits(self, target: Target) -> bool {
        let Target { call, thing } = target;
        match self {
            Self::Short => call == Call::Write,
            // The others are not waited for, and a program that asks again after a close would close another's file.
            Self::Error(Errno::EINTR) => {
                matches!(call, Call::Write | Call::Sync | Call::Open | Call::Truncate | Call::Close)
            }
            Self::Error(Errno::EDQUOT) => !matches!(call, Call::Lock | Call::Close) && thing != Thing::Output,
            Self::Error(_) => true,
        }
    }

    /// Whether nothing may come of it: the call is asked again, or what it was for has been reached all the same.
    pub(crate) fn is_harmless(self, target: Target) -> bool {
        matches!(self, Self::Short | Self::Error(Errno::EINTR)) || matches!(target.call, Call::Close | Call::Unlink)
    }
}

/// Where the files of a run stand.
pub(crate) struct Files {
    /// The folder of its journals, keys and locks.
    pub(crate) state: PathBuf,
    /// The folder in which it runs.
    pub(crate) folder: PathBuf,
}

impl Files {
    /// What a system call that begins works on; nothing where that is no file of the run.
    pub(crate) fn target(&self, stop: &Stop) -> Option<Target> {
        let registers = stop.registers();
        let is_of_path = [libc::SYS_openat, libc::SYS_rename, libc::SYS_mkdir, libc::SYS_unlink];
        let number = registers.orig_rax.cast_signed();
        let call = match number {
            libc::SYS_write => Call::Write,
            libc::SYS_fsync | libc::SYS_fdatasync => Call::Sync,
            libc::SYS_openat => Call::Open,
            libc::SYS_close => Call::Close,
            libc::SYS_ftruncate => Call::Truncate,
            libc::SYS_flock => Call::Lock,
            libc::SYS_rename => Call::Rename,
            libc::SYS_mkdir => Call::MakeFolder,
            libc::SYS_unlink => Call::Unlink,
            _ => return None,
        };
        let path = if is_of_path.contains(&number) {
            let at = if number == libc::SYS_openat { registers.rsi } else { registers.rdi };
            self.folder.join(path_at(stop.process, at)?)
        } else {
            fs::read_link(format!("/proc/{}/fd/{}", stop.process, registers.rdi)).ok()?
        };
        self.thing(&path).map(|thing| Target { call, thing })
    }

    fn thing(&self, path: &Path) -> Option<Thing> {
        let is_report = |name: &str| name.starts_with("report") || name.starts_with(".report");
        if let Ok(below) = path.strip_prefix(&self.state) {
            return Some(if below.starts_with("cprekey/locks") { Thing::Lock } else { Thing::Journal });
        }
        let name = path.strip_prefix(&self.folder).ok()?.to_str()?;
        match name {
            "" | "." => Some(Thing::Report),
            "out" => Some(Thing::Output),
            name => is_report(name).then_some(Thing::Report),
        }
    }
}

/// The path that stands in the memory of a process.
fn path_at(process: Pid, at: u64) -> Option<PathBuf> {
    let mut bytes = vec![0; LONGEST_PATH];
    let length = File::open(format!("/proc/{process}/mem")).ok()?.read_at(&mut bytes, at).ok()?;
    let text = bytes[..length].split(|&byte| byte == 0).next()?;
    Some(PathBuf::from(std::str::from_utf8(text).ok()?))
}

/// Calls whose answer is to be another one, by their thread.
#[derive(Default)]
pub(crate) struct Struck(BTreeMap<Pid, (Target, Fault, user_regs_struct)>);

impl Struck {
    /// Strikes a call that begins.
    pub(crate) fn strike(&mut self, stop: &Stop, target: Target, fault: Fault) {
        let before = stop.registers();
        self.0.insert(stop.thread, (target, fault, before));
        match fault {
            Fault::Short => stop.set_registers(user_regs_struct { rdx: (before.rdx / 2).max(1), ..before }),
            // A close that fails has closed all the same.
            Fault::Error(_) if target.call == Call::Close => {}
            Fault::Error(_) => stop.set_registers(user_regs_struct { orig_rax: u64::MAX, ..before }),
        }
    }

    /// Gives a call that ends the answer for which it was struck.
    pub(crate) fn answer(&mut self, stop: &Stop) {
        let Some((_, fault, before)) = self.0.remove(&stop.thread) else { return };
        let after = stop.registers();
        stop.set_registers(match fault {
            Fault::Short => user_regs_struct { rdx: before.rdx, ..after },
            Fault::Error(errno) => user_regs_struct { rax: i64::from(-(errno as i32)).cast_unsigned(), ..after },
        });
    }
}
