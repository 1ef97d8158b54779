//! Who starts a program: root, or another user of the machine.
//!
//! Where the tests run as root they give up that right for the program; where they do not, the program runs in a user namespace, in
//! which anybody can be anybody.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, lchown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Who starts a program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Person {
    /// Root.
    Root,
    /// The user of this number, and the group of the same.
    User(u32),
}

/// Whether the tests run as root.
static WE_ARE_ROOT: LazyLock<bool> = LazyLock::new(|| fs::metadata("/proc/self").unwrap().uid() == 0);

/// Whether there are user namespaces; looked at once.
static NAMESPACES: LazyLock<bool> = LazyLock::new(|| {
    let tried = Command::new("unshare").args(["--user", "--map-root-user", "true"]).output();
    tried.is_ok_and(|tried| tried.status.success())
});

/// The folder within a place to which programs go that not everybody gets at where they are.
const PROGRAMS: &str = "programs-for-all";

impl Person {
    /// What starts a program as this person.
    pub(crate) fn command(self, program: impl AsRef<OsStr>) -> Command {
        match self {
            Self::Root if *WE_ARE_ROOT => Command::new(program),
            Self::User(number) if *WE_ARE_ROOT => {
                let mut command = Command::new(program);
                command.uid(number).gid(number);
                command
            }
            Self::Root | Self::User(_) => self.command_in_namespace(program.as_ref()),
        }
    }

    fn command_in_namespace(self, program: &OsStr) -> Command {
        let words = self.namespace();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(program);
        command
    }

    /// The words before a program and its arguments that make it this person's: none where it is ours already.
    pub(crate) fn words(self) -> Vec<OsString> {
        match self {
            Self::Root if *WE_ARE_ROOT => Vec::new(),
            Self::User(number) if *WE_ARE_ROOT => {
                let (user, group) = (format!("--reuid={number}"), format!("--regid={number}"));
                ["setpriv", &user, &group, "--clear-groups", "--"].map(OsString::from).to_vec()
            }
            Self::Root | Self::User(_) => self.namespace(),
        }
    }

    fn namespace(self) -> Vec<OsString> {
        assert!(
            *NAMESPACES,
            "no user namespace can be made, and the tests do not run as root: run them as root, or allow namespaces, as by \
             `sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0`"
        );
        let (user, group) = (format!("--map-user={}", self.number()), format!("--map-group={}", self.number()));
        ["unshare", "--user", &user, &group, "--"].map(OsString::from).to_vec()
    }

    /// Where this person gets at a program: where it is, or within the folder.
    pub(crate) fn reachable(self, program: PathBuf, folder: &Path) -> PathBuf {
        if !*WE_ARE_ROOT || self == Self::Root || is_for_all(&program) {
            return program;
        }
        let programs = folder.join(PROGRAMS);
        let here = programs.join(program.file_name().unwrap());
        if !here.exists() {
            fs::create_dir_all(&programs).unwrap();
            fs::hard_link(&program, &here).or_else(|_| fs::copy(&program, &here).map(drop)).unwrap();
        }
        here
    }

    /// Makes the folder and what is in it this person's own, but for programs and panels, which stay ours.
    pub(crate) fn take_over(self, folder: &Path) {
        if !*WE_ARE_ROOT {
            return;
        }
        lchown(folder, Some(self.number()), Some(self.number())).unwrap();
        let is_dir = fs::symlink_metadata(folder).unwrap().is_dir();
        for entry in is_dir.then(|| fs::read_dir(folder).unwrap()).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            if name != PROGRAMS && !name.starts_with("panel-") {
                self.take_over(&path);
            }
        }
    }

    fn number(self) -> u32 {
        match self {
            Self::Root => 0,
            Self::User(number) => number,
        }
    }
}

/// Whether everybody may run it, and get to where it is.
fn is_for_all(program: &Path) -> bool {
    let has = |path: &Path, bits: u32| fs::metadata(path).is_ok_and(|found| found.permissions().mode() & bits == bits);
    has(program, 0o005) && program.ancestors().skip(1).all(|folder| has(folder, 0o001))
}
