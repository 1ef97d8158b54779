//! Whether a program is the one that an administrator put there.

use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::error::CommandError;
use super::program::Program;

/// Writable by the group or by others.
const OTHERS_WRITE: u32 = 0o022;

/// Only an owner may rename or remove what lies in the folder.
const STICKY: u32 = 0o1000;

/// The program's absolute path, after a look at who could have put something else there.
///
/// # Errors
///
/// Says what is missing, or why it is not safe to start.
pub(super) fn path(bin_dir: &Path, program: Program) -> Result<PathBuf, CommandError> {
    if !bin_dir.is_absolute() {
        return Err(CommandError::NotAbsolute(bin_dir.to_owned()));
    }
    let path = bin_dir.join(program.name());
    let file = look(&path)?;
    if !file.is_file() || file.permissions().mode() & 0o111 == 0 {
        return Err(CommandError::Missing { path, why: "it is not a program".to_owned() });
    }
    // What it is called by may be a link: then the file and the folder that it leads to count too.
    let real = fs::canonicalize(&path).map_err(|error| missing(&path, &error))?;
    for folder in [Some(bin_dir), real.parent()].into_iter().flatten() {
        check(folder, &look(folder)?)?;
        check_above(folder)?;
    }
    check(&real, &file)?;
    Ok(path)
}

/// Checks the folders that a folder lies in: who may write to one of them can put another in its place, unless only owners may (the sticky
/// bit, as `/tmp` has it).
fn check_above(folder: &Path) -> Result<(), CommandError> {
    let real = fs::canonicalize(folder).map_err(|error| missing(folder, &error))?;
    for above in real.ancestors().skip(1) {
        let mode = look(above)?.permissions().mode();
        if mode & OTHERS_WRITE != 0 && mode & STICKY == 0 {
            return Err(CommandError::Unsafe { path: above.to_owned(), why: "others may write to it" });
        }
    }
    Ok(())
}

fn look(path: &Path) -> Result<Metadata, CommandError> {
    fs::metadata(path).map_err(|error| missing(path, &error))
}

fn missing(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::Missing { path: path.to_owned(), why: error.to_string() }
}

fn check(path: &Path, metadata: &Metadata) -> Result<(), CommandError> {
    let owner = metadata.uid();
    let why = if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        "it belongs to another user"
    } else if metadata.permissions().mode() & OTHERS_WRITE != 0 {
        "others may write to it"
    } else {
        return Ok(());
    };
    Err(CommandError::Unsafe { path: path.to_owned(), why })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs::Permissions;

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_program_that_others_could_replace_is_not_started() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("uapi");
        let found = || path(folder.path(), Program::Uapi);
        assert!(matches!(found(), Err(CommandError::Missing { .. })));
        fs::write(&program, "").unwrap();
        assert!(matches!(found(), Err(CommandError::Missing { .. })), "it cannot be executed");
        set_mode(&program, 0o755);
        assert_eq!(found().unwrap(), program);
        for (place, mode, mended) in [(program.as_path(), 0o775, 0o755), (folder.path(), 0o777, 0o755)] {
            set_mode(place, mode);
            assert!(matches!(found(), Err(CommandError::Unsafe { path, .. }) if path == place));
            set_mode(place, mended);
        }
        assert!(found().is_ok());
        let within = folder.path().join("bin");
        fs::create_dir(&within).unwrap();
        set_mode(&within, 0o755);
        fs::rename(&program, within.join("uapi")).unwrap();
        for (mode, is_safe) in [(0o777, false), (0o1777, true), (0o755, true)] {
            set_mode(folder.path(), mode);
            assert_eq!(path(&within, Program::Uapi).is_ok(), is_safe, "{mode:o} above it");
        }
        assert!(matches!(path(Path::new("bin"), Program::Uapi), Err(CommandError::NotAbsolute(_))));
    }

    #[test]
    fn where_a_link_leads_counts_too() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [bin, elsewhere] = folders.each_ref().map(tempfile::TempDir::path);
        let real = elsewhere.join("apitool");
        fs::write(&real, "").unwrap();
        set_mode(&real, 0o755);
        std::os::unix::fs::symlink(&real, bin.join("uapi")).unwrap();
        assert!(path(bin, Program::Uapi).is_ok());
        set_mode(elsewhere, 0o777);
        assert!(matches!(path(bin, Program::Uapi), Err(CommandError::Unsafe { .. })));
    }
}
