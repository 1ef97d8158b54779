//! Reports from a journal alone.

use cprekey_core::event::{Event, Observer as _, Settled};
use cprekey_core::journal::History;
use cprekey_core::report::ReportSummary;
use cprekey_core::summary::Summary;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::OutputFormat;
use crate::console;
use crate::look::{show_counts, write_event};
use crate::outputs::{Outputs, Written};

/// Puts what a journal says of every row into `outputs`, and shows the counts. Gives `exit`, or worse where a file cannot be written.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(super) fn rebuild(
    history: &History,
    outputs: Outputs,
    format: OutputFormat,
    quiet: bool,
    exit: Exit,
) -> Result<Exit, Failure> {
    outputs.tell_unchecked(history.rows.iter().map(|known| known.insecure).collect());
    for (index, line) in history.report().enumerate() {
        outputs.note(&Event::Settled(Settled { index, line: &line, unrecorded: false, earlier: true, again: None }));
    }
    let begun = &history.begun;
    let counts = history.counts();
    let summary = Summary {
        run: begun.run.clone(),
        counts,
        cause: history.ended.and_then(|ended| ended.cause),
        started_at: begun.at,
        finished_at: history.last_seen(),
    };
    let insecure = history.is_insecure();
    let about = ReportSummary { run: &summary, host: &begun.panel, user: &begun.user, list: &begun.list, insecure };
    let Written { files, failures } = outputs.finish(&about);
    let exit = failures.iter().map(console::show_failure).fold(exit, Exit::or);
    let shown = match format {
        OutputFormat::Json => write_event(&Event::Finished(&summary)),
        OutputFormat::Human if quiet => Ok(()),
        OutputFormat::Human => show_counts(&summary, &files, console::out),
    };
    console::written(shown, exit)
}
