//! What a run writes.

use std::ffi::OsStr;
use std::iter;
use std::path::{Path, PathBuf};

use clap::Args;
use cprekey_frontend::failure::Failure;

/// What a run writes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Run")]
pub(crate) struct FileArgs {
    /// Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Vec<PathBuf>,

    /// Write the rows to try again (refused, not-tried, unknown), with their passwords, as a CSV list that only you can read
    #[arg(long, value_name = "FILE")]
    pub(crate) failed: Option<PathBuf>,

    /// Append every row and every retry to this file, with the time; no secrets
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
}

impl FileArgs {
    /// Names every report once.
    pub(crate) fn name_reports_once(&mut self) {
        let mut named = Vec::new();
        self.report.retain(|path| {
            let path = real(path);
            let is_new = !named.contains(&path);
            named.push(path);
            is_new
        });
    }

    /// Refuses a file, the log among them, that would take the place of the list, or of another file of this run.
    ///
    /// # Errors
    ///
    /// Names the file.
    pub(crate) fn refuse_to_write_over(&self, list: &OsStr) -> Result<(), Failure> {
        let files = self.report.iter().chain(&self.failed).chain(&self.log);
        refuse_twice(
            iter::once(Path::new(list)).chain(files.map(PathBuf::as_path)),
            "give every --report, --failed and --log a name of its own, and none the name of the list",
        )
    }
}

/// Refuses a file that would take the place of another of these.
///
/// # Errors
///
/// Names the file, and the remedy.
pub(super) fn refuse_twice<'a>(paths: impl IntoIterator<Item = &'a Path>, remedy: &str) -> Result<(), Failure> {
    let mut taken = Vec::new();
    for path in paths.into_iter().map(real) {
        if taken.contains(&path) {
            let what = format!("{} would be written over", path.display());
            return Err(Failure::bad_input(what).with_remedy(remedy));
        }
        taken.push(path);
    }
    Ok(())
}

/// The path without links and detours, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (path.canonicalize(), folder.canonicalize(), path.file_name()) {
        (Ok(real), _, _) => real,
        (_, Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
