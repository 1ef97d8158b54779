//! A list's file beside its content: whether it changed while it was read, and who else can read it.

use std::fs::{File, Metadata};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::SystemTime;

use crate::text::quoted;

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Watch {
    file: File,
    before: (u64, Option<SystemTime>),
}

impl Watch {
    /// Begins to watch a file; what cannot be watched is not.
    pub(super) fn new(file: &File, facts: &Metadata) -> Option<Self> {
        Some(Self { file: file.try_clone().ok()?, before: state(facts) })
    }

    /// Whether the file has another length or time than it had.
    pub(super) fn saw_a_change(&self) -> bool {
        self.file.metadata().is_ok_and(|facts| state(&facts) != self.before)
    }

    /// What to say where others than its owner can read the file of this path.
    pub(super) fn exposure(&self, path: &Path) -> Option<String> {
        let mode = self.file.metadata().ok()?.permissions().mode();
        let command = format!("chmod 600 {}", quoted(path));
        (mode & 0o044 != 0).then(|| format!("others can read the passwords in the list; run: {command}"))
    }
}

fn state(facts: &Metadata) -> (u64, Option<SystemTime>) {
    (facts.len(), facts.modified().ok())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs::{self, Permissions};
    use std::io::Write as _;

    use super::*;

    fn watch(path: &Path) -> Watch {
        let file = File::open(path).unwrap();
        let facts = file.metadata().unwrap();
        Watch::new(&file, &facts).unwrap()
    }

    /// INP-34: a list that is written to while it is read is noticed.
    #[test]
    fn a_change_is_seen() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let watch = watch(file.path());
        assert!(!watch.saw_a_change());
        file.write_all(b"more").unwrap();
        assert!(watch.saw_a_change());
    }

    /// SEC-16: who can read it is told with the command that ends it.
    #[test]
    fn a_list_for_everybody_is_told() {
        let folder = tempfile::tempdir().unwrap();
        for (name, mode, told) in [
            ("a.csv", 0o600, None),
            ("a.csv", 0o700, None),
            ("a.csv", 0o644, Some("a.csv")),
            ("a.csv", 0o640, Some("a.csv")),
            ("it's \u{1b}[2J.csv", 0o604, Some("'\\''s \\u{1b}[2J.csv'")),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let exposure = watch(&path).exposure(&path);
            assert_eq!(exposure.is_some(), told.is_some(), "{name} {mode:o}");
            assert!(
                exposure.is_none_or(|text| text.contains("run: chmod 600 ") && text.ends_with(told.unwrap())),
                "{name}"
            );
        }
    }
}
