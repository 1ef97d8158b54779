//! `cprekey report`: reports of a run from its journal alone.

use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;

use super::rebuilding::rebuild;
use crate::args::{OutputFormat, ReportArgs};
use crate::console;
use crate::outputs::Outputs;

/// Writes the reports. Rows that were under way are unknown, and those that waited were not tried.
///
/// # Errors
///
/// Where there is no such run, its journal cannot be believed, or a file cannot be written or is named twice.
pub(super) fn report(args: &ReportArgs) -> Result<Exit, Failure> {
    console::choose_color(args.color);
    args.refuse_to_write_over()?;
    let runs = state::runs()?;
    let read = runs.find(&args.run).and_then(|run| runs.read(&run));
    let (history, _) = read.map_err(|error| state::failure(&error))?;
    let outputs = Outputs::of_reports(&args.report, history.is_insecure())?;
    rebuild(&history, outputs, OutputFormat::Human, false, Exit::Done)
}
