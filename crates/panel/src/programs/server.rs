//! Listens for local programs.

use std::fs::{self, Permissions};
use std::future::pending;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::UnixListener;
use tokio::task::spawn_local;
use tokio::time::sleep;

use super::desk::attend;
use super::folder::{FolderError, make_folder, program_file};
use crate::panel::Panel;
use crate::state::Layout;

/// The longest path that a socket can have everywhere, in bytes (Linux manual, unix(7)).
const LONGEST_PATH: usize = 100;

/// How long nothing is accepted after a failure.
const PAUSE: Duration = Duration::from_millis(10);

/// The folder with the programs, and the socket that they speak to.
pub(crate) struct Programs {
    /// The folder.
    pub(crate) folder: PathBuf,
    listener: UnixListener,
    /// Where the socket lies when the state folder's path is too long for one.
    _elsewhere: Option<TempDir>,
}

impl Programs {
    /// Makes the folder, by default in the state, and listens. Where the program was not built, there is none, unless the
    /// folder was asked for.
    ///
    /// # Errors
    ///
    /// When the folder or the socket cannot be made, or there is no program to put there.
    pub(crate) fn open(wanted: Option<&Path>, layout: &Layout) -> Result<Option<Self>, FolderError> {
        let program = match (program_file(), wanted) {
            (Ok(program), _) => program,
            (Err(_), None) => return Ok(None),
            (Err(missing), Some(_)) => return Err(missing),
        };
        let (socket, elsewhere) = place(layout).map_err(FolderError::Socket)?;
        let listener = bind(&socket).map_err(FolderError::Socket)?;
        let folder = make_folder(wanted.unwrap_or(&layout.bin()), &program, &socket)?;
        Ok(Some(Self { folder, listener, _elsewhere: elsewhere }))
    }
}

/// Accepts programs, for as long as it is polled.
pub(crate) async fn serve_programs(programs: Option<Programs>, panel: Rc<Panel>) {
    let Some(programs) = programs else { return pending().await };
    loop {
        match programs.listener.accept().await {
            Ok((stream, _)) => _ = spawn_local(attend(Rc::clone(&panel), stream)),
            // A shortage of descriptors passes.
            Err(_) => sleep(PAUSE).await,
        }
    }
}

fn place(layout: &Layout) -> io::Result<(PathBuf, Option<TempDir>)> {
    let socket = layout.socket();
    if socket.as_os_str().as_bytes().len() <= LONGEST_PATH {
        return Ok((socket, None));
    }
    let folder = tempfile::Builder::new().prefix("cprekey-panel-").tempdir()?;
    fs::set_permissions(folder.path(), Permissions::from_mode(0o711))?;
    Ok((folder.path().join("socket"), Some(folder)))
}

/// A socket that every user may connect to. One that an earlier panel left there is in nobody's use, since the state is locked.
fn bind(path: &Path) -> io::Result<UnixListener> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o666))?;
    Ok(listener)
}
