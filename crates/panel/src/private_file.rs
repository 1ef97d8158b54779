//! Files that are their owner's alone.

use std::fs::{File, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Opens a file to write at its end; one from an earlier run becomes private too.
///
/// # Errors
///
/// When it cannot be opened.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let file = File::options().create(true).append(true).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}
