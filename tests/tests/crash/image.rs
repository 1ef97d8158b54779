//! A disk of which one can have a copy as it was at one moment: an ext4 file system in a file. What no program has synced stands in the kernel's
//! memory and not in the file, so a copy of the file is what a power cut leaves.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scene::fast_folder;
use tempfile::TempDir;

/// Room for a few journals, and for the file system's own.
const LENGTH: u64 = 8 << 20;

/// A disk, and what is left of it when its power fails.
pub(crate) struct Disk {
    folder: TempDir,
    mounted: Mounted,
}

impl Disk {
    /// A new, empty disk. Panics where none can be mounted, which wants root and loop devices.
    pub(crate) fn new() -> Self {
        let folder = fast_folder();
        let image = folder.path().join("disk");
        File::create(&image).unwrap().set_len(LENGTH).unwrap();
        run("mkfs.ext4", &["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", text(&image)]);
        let mounted = Mounted::new(&image, folder.path().join("mounted"));
        Self { folder, mounted }
    }

    /// Where it is mounted.
    pub(crate) fn path(&self) -> &Path {
        &self.mounted.0
    }

    /// Makes sure that all that was done so far outlives a power cut.
    pub(crate) fn sync(&self) {
        let folder = File::open(self.path()).unwrap();
        nix::unistd::syncfs(folder).unwrap();
    }

    /// The power fails for a copy of it.
    pub(crate) fn fail(&self) {
        fs::copy(self.folder.path().join("disk"), self.folder.path().join("copy")).unwrap();
    }

    /// What that has left, mounted again as it is at the next start.
    pub(crate) fn left(&self) -> Mounted {
        Mounted::new(&self.folder.path().join("copy"), self.folder.path().join("left"))
    }
}

/// A file system that is mounted, until this is dropped.
pub(crate) struct Mounted(PathBuf);

impl Mounted {
    fn new(image: &Path, at: PathBuf) -> Self {
        fs::create_dir_all(&at).unwrap();
        run("mount", &["-o", "loop", "-t", "ext4", text(image), text(&at)]);
        Self(at)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.0).status();
        assert!(
            unmounted.is_ok_and(|status| status.success()) || std::thread::panicking(),
            "{} stays mounted",
            self.0.display()
        );
    }
}

fn run(program: &str, words: &[&str]) {
    let output = Command::new(program).args(words).output().unwrap_or_else(|why| panic!("{program}: {why}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {words:?}: {said}: a disk in a file can be mounted by root alone, where the system has loop devices"
    );
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
