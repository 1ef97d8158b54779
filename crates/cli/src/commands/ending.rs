//! The end of a run: its files, its summary, and the exit code.

use cprekey_core::report::ReportSummary;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::OutputArgs;
use crate::console;
use crate::look::LogFile;
use crate::looks::Looks;
use crate::outputs::Written;

/// Puts the files in place, shows the summary, and gives the exit code; `is_kept` says whether somebody can go on with the run.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn close(
    looks: Looks,
    about: &ReportSummary<'_>,
    is_kept: bool,
    output: &OutputArgs,
) -> Result<Exit, Failure> {
    let Written { files, failures } = looks.outputs.finish(about);
    let log_failure = looks.log.and_then(LogFile::close);
    let shown = failures.iter().chain(&log_failure).map(console::show_failure);
    let exit = shown.fold(Exit::of_summary(about.run), Exit::or);
    match looks.events {
        Some(events) => console::written(events.end(), exit),
        None if output.quiet => Ok(exit),
        None => console::written(looks.tally.show(about.run, &files, is_kept, console::out), exit),
    }
}
