//! Whether a program is the one that an administrator put there.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Component, Path, PathBuf};

use super::error::CommandError;
use super::program::Program;

/// Writable by the group or by others.
const OTHERS_WRITE: u32 = 0o022;

/// Only an owner may rename or remove what lies in the folder.
const STICKY: u32 = 0o1000;

/// So many links are followed at most, as Linux does: somebody may be making new ones all the time.
const MOST_LINKS: usize = 40;

/// The program's absolute path, after a look at who could have put something else there: everything on the way to it must belong to root or to
/// the caller, links among it, and others may write to none of it.
///
/// It is the path as named, and not where its links lead: a program of several names tells by it which of them it is, and a script could not be
/// told it in another way.
///
/// # Errors
///
/// Says what is missing, or why it is not safe to start.
pub(super) fn find(bin_dir: &Path, program: Program) -> Result<PathBuf, CommandError> {
    if !bin_dir.is_absolute() {
        return Err(CommandError::NotAbsolute(bin_dir.to_owned()));
    }
    let name = bin_dir.join(program.name());
    // What is not there at all is told by its own name.
    fs::metadata(&name).map_err(|error| missing(&name, &error))?;
    let (file, metadata) = resolve(&name)?;
    if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
        return Err(CommandError::Missing { path: name, why: "it is not a program".to_owned() });
    }
    check(&file, &metadata, is_callers(&metadata), OTHERS_WRITE)?;
    // Into the folders where name and file lie nobody else may put anything, not even beside them.
    for folder in [Some(bin_dir), file.parent()].into_iter().flatten() {
        let metadata = fs::metadata(folder).map_err(|error| missing(folder, &error))?;
        check(folder, &metadata, is_callers(&metadata) || owns_root(&metadata)?, OTHERS_WRITE)?;
    }
    Ok(name)
}

/// Where an absolute path leads, followed step by step as the system does it, with a look at each folder and each link on the way.
fn resolve(path: &Path) -> Result<(PathBuf, Metadata), CommandError> {
    let (mut real, mut metadata) = root()?;
    let mut ahead = steps(path);
    let mut links = 0;
    while let Some(step) = ahead.pop() {
        check_on_way(&real, &metadata)?;
        if step == ".." {
            real.pop();
            metadata = look(&real)?;
            continue;
        }
        let next = real.join(&step);
        let of_next = look(&next)?;
        if !of_next.is_symlink() {
            (real, metadata) = (next, of_next);
            continue;
        }
        check_on_way(&next, &of_next)?;
        links += 1;
        if links > MOST_LINKS {
            return Err(CommandError::Missing { path: path.to_owned(), why: "too many links".to_owned() });
        }
        let target = fs::read_link(&next).map_err(|error| missing(&next, &error))?;
        if target.is_absolute() {
            (real, metadata) = root()?;
        }
        ahead.extend(steps(&target));
    }
    Ok((real, metadata))
}

/// Where every absolute path begins.
fn root() -> Result<(PathBuf, Metadata), CommandError> {
    let root = PathBuf::from("/");
    look(&root).map(|metadata| (root, metadata))
}

/// The steps of a path, the last first.
fn steps(path: &Path) -> Vec<OsString> {
    let step = |component| match component {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some(OsString::from("..")),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    };
    path.components().rev().filter_map(step).collect()
}

/// Checks a folder or a link on the way. Into a folder with the sticky bit, as `/tmp` has it, others may write: they can put nothing in the
/// place of what belongs to root or to the caller. Nobody writes to a link.
fn check_on_way(path: &Path, metadata: &Metadata) -> Result<(), CommandError> {
    let is_sticky = metadata.permissions().mode() & STICKY != 0;
    let forbidden = if metadata.is_symlink() || is_sticky { 0 } else { OTHERS_WRITE };
    check(path, metadata, is_callers(metadata) || owns_root(metadata)?, forbidden)
}

fn check(path: &Path, metadata: &Metadata, is_owner_right: bool, forbidden: u32) -> Result<(), CommandError> {
    let why = if !is_owner_right {
        "it belongs to another user"
    } else if metadata.permissions().mode() & forbidden != 0 {
        "others may write to it"
    } else {
        return Ok(());
    };
    Err(CommandError::Unsafe { path: path.to_owned(), why })
}

/// Whether something is root's or the caller's.
fn is_callers(metadata: &Metadata) -> bool {
    [0, rustix::process::geteuid().as_raw()].contains(&metadata.uid())
}

/// Whether something belongs to the owner of `/`, who could replace all that lies below. Within a user namespace that is not root but
/// somebody without a name there.
fn owns_root(metadata: &Metadata) -> Result<bool, CommandError> {
    Ok(look(Path::new("/"))?.uid() == metadata.uid())
}

/// What stands at a path, be it a link.
fn look(path: &Path) -> Result<Metadata, CommandError> {
    fs::symlink_metadata(path).map_err(|error| missing(path, &error))
}

fn missing(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::Missing { path: path.to_owned(), why: error.to_string() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{lchown, symlink};

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn folder_in(path: &Path, name: &str) -> PathBuf {
        let folder = path.join(name);
        fs::create_dir(&folder).unwrap();
        set_mode(&folder, 0o755);
        folder
    }

    fn program_in(path: &Path, name: &str) -> PathBuf {
        let program = path.join(name);
        fs::write(&program, "").unwrap();
        set_mode(&program, 0o755);
        program
    }

    #[track_caller]
    fn assert_unsafe(bin_dir: &Path, place: &Path, words: &str) {
        let found = find(bin_dir, Program::Uapi);
        assert!(
            matches!(&found, Err(CommandError::Unsafe { path, why }) if path == place && *why == words),
            "{found:?}, and not {}",
            place.display()
        );
    }

    #[test]
    fn a_program_that_others_could_replace_is_not_started() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("uapi");
        let found = || find(folder.path(), Program::Uapi);
        assert!(matches!(found(), Err(CommandError::Missing { path, .. }) if path == program));
        fs::write(&program, "").unwrap();
        assert!(matches!(found(), Err(CommandError::Missing { .. })), "it cannot be executed");
        set_mode(&program, 0o755);
        assert_eq!(found().unwrap(), program);
        for (place, mode, mended) in [
            (program.as_path(), 0o775, 0o755),
            (folder.path(), 0o777, 0o755),
            // Where the program itself lies, nobody else puts anything.
            (folder.path(), 0o1777, 0o755),
        ] {
            set_mode(place, mode);
            assert_unsafe(folder.path(), place, "others may write to it");
            set_mode(place, mended);
        }
        assert!(found().is_ok());
        let within = folder_in(folder.path(), "bin");
        fs::rename(&program, within.join("uapi")).unwrap();
        for (mode, is_safe) in [(0o777, false), (0o1777, true), (0o755, true)] {
            set_mode(folder.path(), mode);
            assert_eq!(find(&within, Program::Uapi).is_ok(), is_safe, "{mode:o} above it");
        }
        assert!(matches!(find(Path::new("bin"), Program::Uapi), Err(CommandError::NotAbsolute(_))));
    }

    #[test]
    fn every_place_that_links_lead_through_counts() {
        let ground = tempfile::tempdir().unwrap();
        let [bin, between, elsewhere] = ["bin", "between", "elsewhere"].map(|name| folder_in(ground.path(), name));
        program_in(&elsewhere, "apitool");
        symlink("../elsewhere/apitool", between.join("tool")).unwrap();
        symlink(between.join("tool"), bin.join("uapi")).unwrap();
        let named = ground.path().join("named");
        symlink(&bin, &named).unwrap();
        assert_eq!(find(&named, Program::Uapi).unwrap(), named.join("uapi"));
        for folder in [&bin, &between, &elsewhere] {
            set_mode(folder, 0o777);
            assert_unsafe(&named, folder, "others may write to it");
            set_mode(folder, 0o755);
        }
        fs::remove_file(between.join("tool")).unwrap();
        symlink(bin.join("uapi"), between.join("tool")).unwrap();
        let found = find(&bin, Program::Uapi);
        assert!(matches!(&found, Err(CommandError::Missing { .. })), "{found:?}");
    }

    #[test]
    fn whoever_owns_a_place_on_the_way_could_replace_the_program() {
        let ground = tempfile::tempdir().unwrap();
        let above = folder_in(ground.path(), "above");
        let bin = folder_in(&above, "bin");
        let real = program_in(&bin, "apitool");
        symlink(&real, bin.join("uapi")).unwrap();
        for place in [&above, &bin, &bin.join("uapi"), &real] {
            let owned = look(place).unwrap().uid();
            // Only root can give something away; the black-box tests show it to others too.
            if lchown(place, Some(60099), None).is_err() {
                continue;
            }
            assert_unsafe(&bin, place, "it belongs to another user");
            lchown(place, Some(owned), None).unwrap();
        }
        assert!(find(&bin, Program::Uapi).is_ok());
    }
}
