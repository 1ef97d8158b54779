//! What every look of a report is: lines in list order, then an end.

use std::borrow::Cow;

use super::beside::Placed;
use super::error::ReportError;
use super::summary::ReportSummary;
use crate::failpoint::failpoint;
use crate::line::Line;
use crate::text::safe;

/// The columns of every report, in order.
pub const HEADER: [&str; 8] = ["row", "target", "outcome", "reason", "detail", "attempts", "elapsed_ms", "finished_at"];

/// A report that is being written. It stands at its path only once it is finished; one that is dropped before leaves nothing.
pub trait Report {
    /// Adds one line. Lines come in list order.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written, or can hold no more lines.
    fn line(&mut self, line: &Line) -> Result<(), ReportError>;

    /// Ends the report, and puts it at its path; what stood there is kept beside it.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written or put in place.
    fn finish(self: Box<Self>, summary: &ReportSummary<'_>) -> Result<Placed, ReportError>;
}

/// The line with nothing in it that could steer a terminal, whoever filled it in.
pub(super) fn made_safe(line: &Line) -> Cow<'_, Line> {
    failpoint("report-line", b"");
    match (safe(&line.target), safe(&line.detail)) {
        (Cow::Borrowed(target), Cow::Borrowed(detail)) if target == line.target && detail == line.detail => {
            Cow::Borrowed(line)
        }
        (target, detail) => {
            Cow::Owned(Line { target: target.into_owned(), detail: detail.into_owned(), ..line.clone() })
        }
    }
}

/// A duration as reports write it.
pub(super) fn milliseconds(line: &Line) -> u64 {
    u64::try_from(line.elapsed.as_millis()).unwrap_or(u64::MAX)
}
