//! Folders of private files that a run left behind because it was killed: nobody can clean up after SIGKILL but the next run.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::process::{Pid, geteuid, test_kill_process};

/// What the name of every such folder begins with; the number of its process stands behind it.
const PREFIX: &str = "cprekey-";

/// What the name of a folder of this process begins with.
pub(super) fn name_of_ours() -> String {
    format!("{PREFIX}{}-", std::process::id())
}

/// Holds a folder until it is dropped, however the process ends.
///
/// # Errors
///
/// Where it is no folder, or somebody else holds it.
pub(super) fn hold(folder: &Path) -> io::Result<File> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW;
    let held = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(folder)?;
    held.try_lock()?;
    Ok(held)
}

/// Removes the folders of our own in which a run that is no more left its files. What another run holds is let be, in a container beside this
/// one too; so is all that cannot be removed.
pub(super) fn sweep(within: &Path) {
    let Ok(entries) = fs::read_dir(within) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_name().to_str().is_some_and(is_left_behind)
            && is_ours(&path)
            && let Ok(_held) = hold(&path)
        {
            let _not_ours_after_all = fs::remove_dir_all(&path);
        }
    }
}

/// Whether a name is that of a folder whose process is gone.
fn is_left_behind(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('-')).map(|(number, _)| number.parse());
    let Some(Ok(number)) = number else { return false };
    // To a process that is there and another user's no signal may be sent.
    Pid::from_raw(number).is_some_and(|process| test_kill_process(process) == Err(rustix::io::Errno::SRCH))
}

/// A link is nobody's folder.
fn is_ours(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir() && found.uid() == geteuid().as_raw())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// No process has this number: the kernel's largest is 2 to the 22nd.
    const GONE: u32 = 1 << 30;

    /// A folder of this process number, with a file in it.
    fn folder(within: &Path, process: u32) -> std::path::PathBuf {
        let path = within.join(format!("{PREFIX}{process}-a1b2c3"));
        fs::create_dir(&path).unwrap();
        fs::write(path.join("1"), "Tide&Orchard#7").unwrap();
        path
    }

    #[test]
    fn only_what_a_run_left_that_is_no_more_is_removed() {
        let within = tempfile::tempdir().unwrap();
        let left = folder(within.path(), GONE);
        let running = folder(within.path(), std::process::id());
        let others = ["cprekey-note", "cprekey-12", "other-1073741824-x"].map(|name| within.path().join(name));
        for path in &others {
            fs::create_dir(path).unwrap();
        }
        sweep(within.path());
        assert!(!left.exists());
        assert!(running.join("1").exists() && others.iter().all(|path| path.exists()));
        sweep(Path::new("/no/such/folder"));
    }

    #[test]
    fn what_another_run_holds_is_let_be() {
        let within = tempfile::tempdir().unwrap();
        let elsewhere = folder(within.path(), GONE);
        let held = hold(&elsewhere).unwrap();
        assert!(hold(&elsewhere).is_err());
        sweep(within.path());
        assert!(elsewhere.join("1").exists());
        drop(held);
        sweep(within.path());
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_link_is_not_followed() {
        let within = tempfile::tempdir().unwrap();
        let target = within.path().join("precious");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("file"), "x").unwrap();
        let link = within.path().join(format!("{PREFIX}{GONE}-link"));
        symlink(&target, &link).unwrap();
        sweep(within.path());
        assert!(target.join("file").exists() && link.is_symlink());
        assert!(hold(&link).is_err());
    }
}
