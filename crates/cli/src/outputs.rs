//! The files that a run writes: reports, and the list of the rows to try again.

use std::cell::RefCell;
use std::path::PathBuf;

use cprekey_core::event::{Event, Observer, Settled};
use cprekey_core::line::Line;
use cprekey_core::report::{self, FailedList, ListOrder, Report, ReportError, ReportSummary};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::RunArgs;

/// The files that a run writes, in the making. Dropped unfinished, they leave nothing behind.
pub(crate) struct Outputs(RefCell<Files>);

struct Files {
    order: ListOrder<Line>,
    reports: Vec<Box<dyn Report>>,
    failed: Option<FailedList>,
    error: Option<ReportError>,
    insecure: bool,
}

/// What stands beside every row that was sent to a panel whose certificate nobody checked.
const UNCHECKED: &str = "sent without a certificate check";

impl Outputs {
    /// Begins every file, so that what cannot be written is known before anything is sent.
    ///
    /// # Errors
    ///
    /// Names the file and what to do.
    pub(crate) fn create(args: &RunArgs, insecure: bool) -> Result<Self, Failure> {
        let reports =
            args.report.iter().map(|path| report::create(path)).collect::<Result<_, _>>().map_err(unwritable)?;
        let failed = args.failed.as_deref().map(FailedList::create).transpose().map_err(unwritable)?;
        Ok(Self(RefCell::new(Files { order: ListOrder::new(), reports, failed, error: None, insecure })))
    }

    /// Puts every file in its place and gives the paths of those that there are.
    ///
    /// # Errors
    ///
    /// Gives the first thing that went wrong with any of them.
    pub(crate) fn finish(self, summary: &ReportSummary<'_>) -> Result<Vec<PathBuf>, Failure> {
        let Files { reports, failed, mut error, .. } = self.0.into_inner();
        let mut paths = Vec::new();
        for report in reports {
            match report.finish(summary) {
                Ok(path) => paths.push(path),
                Err(failed) => error = error.or(Some(failed)),
            }
        }
        match failed.map(FailedList::finish) {
            Some(Ok(path)) => paths.extend(path),
            Some(Err(failed)) => error = error.or(Some(failed)),
            None => {}
        }
        match error {
            None => Ok(paths),
            Some(error) => Err(Failure { exit: Exit::Failed, ..unwritable(error) }),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err calls")]
fn unwritable(error: ReportError) -> Failure {
    Failure::bad_input(&error).with_remedy(error.remedy())
}

impl Files {
    fn add(&mut self, settled: &Settled<'_>) {
        if let (Some(failed), Some(password)) = (&mut self.failed, settled.password) {
            failed.add(settled.index, &settled.line.target, password);
        }
        if self.error.is_none() {
            self.error = self.report(settled).err();
        }
    }

    fn report(&mut self, settled: &Settled<'_>) -> Result<(), ReportError> {
        if self.reports.is_empty() {
            return Ok(());
        }
        let mut line = settled.line.clone();
        if self.insecure && line.attempts > 0 {
            let before = if line.detail.is_empty() { "" } else { "; " };
            line.detail.push_str(before);
            line.detail.push_str(UNCHECKED);
        }
        self.order.settle(settled.index, line);
        for line in self.order.ready() {
            for report in &mut self.reports {
                report.line(&line)?;
            }
        }
        Ok(())
    }
}

impl Observer for Outputs {
    fn note(&self, event: &Event<'_>) {
        if let Event::Settled(settled) = event {
            self.0.borrow_mut().add(settled);
        }
    }
}
