//! The folder that the programs lie in, as in `/usr/local/cpanel/bin`.

use std::env;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use crate::dialogue::{NOTICE, Notice};

/// The program behind the three names.
const PROGRAM: &str = "cprekey-panel-programs";

/// The names that it goes by.
const NAMES: [&str; 3] = ["uapi", "cpapi2", "whmapi1"];

/// Why there are no programs.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// The program is not there.
    #[error("there is no {PROGRAM} beside this program; build it with `cargo build --package cprekey-panel`")]
    NoProgram,
    /// The folder has programs that no panel put there.
    #[error("{0} is there, and no panel put it there; name another folder")]
    Foreign(PathBuf),
    /// A file cannot be made.
    #[error("make {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The socket cannot be made.
    #[error("listen for local programs")]
    Socket(#[source] io::Error),
}

/// The program, which lies beside the panel's own.
///
/// # Errors
///
/// When it was not built.
pub(super) fn program_file() -> Result<PathBuf, FolderError> {
    let beside = env::current_exe().ok().and_then(|own| Some(own.parent()?.join(PROGRAM)));
    beside.filter(|program| program.is_file()).ok_or(FolderError::NoProgram)
}

/// Makes the folder with its links, and the notice of where the panel listens. Everybody can use all that, and nobody else can
/// change it. Gives the folder by its absolute path.
///
/// # Errors
///
/// When something cannot be made, or the folder has programs of that name from elsewhere.
pub(super) fn make_folder(folder: &Path, program: &Path, socket: &Path) -> Result<PathBuf, FolderError> {
    let file = |path: &Path| {
        let path = path.to_path_buf();
        move |source| FolderError::File { path, source }
    };
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(file(folder))?;
    if is_new {
        fs::set_permissions(folder, Permissions::from_mode(0o755)).map_err(file(folder))?;
    }
    let folder = folder.canonicalize().map_err(file(folder))?;
    let notice = folder.join(NOTICE);
    if let Some(foreign) = NAMES.map(|name| folder.join(name)).into_iter().find(|path| path.symlink_metadata().is_ok())
        && !notice.exists()
    {
        return Err(FolderError::Foreign(foreign));
    }
    write_notice(&notice, socket).map_err(file(&notice))?;
    let target = target(&folder, program).map_err(file(&folder.join(PROGRAM)))?;
    for path in NAMES.map(|name| folder.join(name)) {
        link(&target, &path).map_err(file(&path))?;
    }
    Ok(folder)
}

fn write_notice(path: &Path, socket: &Path) -> io::Result<()> {
    remove(path)?;
    fs::write(path, serde_json::to_vec(&Notice { socket: socket.to_path_buf() })?)?;
    fs::set_permissions(path, Permissions::from_mode(0o644))
}

/// What the names link to: the program, or a copy in the folder where not everybody gets at the program itself.
fn target(folder: &Path, program: &Path) -> io::Result<PathBuf> {
    if is_for_all(program) {
        return Ok(program.to_path_buf());
    }
    let copy = folder.join(PROGRAM);
    remove(&copy)?;
    fs::copy(program, &copy)?;
    fs::set_permissions(&copy, Permissions::from_mode(0o755))?;
    Ok(PathBuf::from(PROGRAM))
}

fn is_for_all(program: &Path) -> bool {
    let has = |path: &Path, bits: u32| path.metadata().is_ok_and(|meta| meta.mode() & bits == bits);
    has(program, 0o005) && program.ancestors().skip(1).all(|folder| has(folder, 0o001))
}

/// A link, or a copy where there can be no links.
fn link(target: &Path, path: &Path) -> io::Result<()> {
    remove(path)?;
    symlink(target, path).or_else(|_| {
        let source = path.parent().unwrap_or(path).join(target);
        fs::copy(source, path)?;
        fs::set_permissions(path, Permissions::from_mode(0o755))
    })
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().mode() & 0o777
    }

    #[test]
    fn everybody_can_use_the_folder_and_nobody_else_can_change_it() {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("program");
        fs::write(&program, "x").unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o700)).unwrap();
        let wanted = place.path().join("bin");
        for _again in 0..2 {
            let folder = make_folder(&wanted, &program, Path::new("/socket")).unwrap();
            assert_eq!((mode(&folder), mode(&folder.join(NOTICE))), (0o755, 0o644));
            for name in NAMES {
                assert_eq!(fs::read_link(folder.join(name)).unwrap(), Path::new(PROGRAM), "a copy for all");
                assert_eq!(mode(&folder.join(name)), 0o755);
            }
        }
    }

    #[test]
    fn what_no_panel_made_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("uapi"), "real").unwrap();
        let refused = make_folder(place.path(), Path::new("/bin/true"), Path::new("/socket"));
        assert!(matches!(refused, Err(FolderError::Foreign(path)) if path.ends_with("uapi")));
        assert_eq!(fs::read_to_string(place.path().join("uapi")).unwrap(), "real");
        assert!(!place.path().join(NOTICE).exists());
    }
}
