//! The files that a run writes: reports, and the list of the rows to try again.

use std::cell::RefCell;
use std::path::PathBuf;

use cprekey_core::change::Change;
use cprekey_core::event::{Event, Observer, Settled};
use cprekey_core::line::Line;
use cprekey_core::reason::Reason;
use cprekey_core::report::{self, FailedList, ListOrder, Placed, Report, ReportError, ReportSummary};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::FileArgs;

/// The files that a run writes, in the making. Dropped unfinished, they leave nothing behind.
pub(crate) struct Outputs(RefCell<Files>);

struct Files {
    order: ListOrder<Line>,
    /// Each goes on by itself: what happens to one is no reason to cut the others short.
    reports: Vec<Result<Box<dyn Report>, ReportError>>,
    failed: Option<FailedList>,
    insecure: bool,
    /// The same row by row, where it is not the same for all.
    unchecked: Vec<bool>,
}

/// What became of the files.
pub(crate) struct Written {
    /// Those that stand in their place, whole, and where earlier ones are kept.
    pub(crate) files: Vec<Placed>,
    /// Why others do not.
    pub(crate) failures: Vec<Failure>,
}

/// What stands beside every row that was sent to a panel whose certificate nobody checked.
const UNCHECKED: &str = "sent without a certificate check";

impl Outputs {
    /// Begins every file, so that what cannot be written is known before anything is sent.
    ///
    /// # Errors
    ///
    /// Names the file and what to do.
    pub(crate) fn create(args: &FileArgs, insecure: bool) -> Result<Self, Failure> {
        let outputs = Self::of_reports(&args.report, insecure)?;
        let failed = args.failed.as_deref().map(FailedList::create).transpose().map_err(|error| unwritable(&error))?;
        outputs.0.borrow_mut().failed = failed;
        Ok(outputs)
    }

    /// Begins reports, and no list of failed rows.
    ///
    /// # Errors
    ///
    /// Names the file and what to do.
    pub(crate) fn of_reports(paths: &[PathBuf], insecure: bool) -> Result<Self, Failure> {
        let reports: Result<Vec<_>, _> = paths.iter().map(|path| report::create(path)).collect();
        let reports = reports.map_err(|error| unwritable(&error))?.into_iter().map(Ok).collect();
        let (order, unchecked) = (ListOrder::new(), Vec::new());
        Ok(Self(RefCell::new(Files { order, reports, failed: None, insecure, unchecked })))
    }

    /// Says of each row, by its index, whether it was or will be sent without a certificate check.
    pub(crate) fn tell_unchecked(&self, unchecked: Vec<bool>) {
        let mut files = self.0.borrow_mut();
        files.insecure |= unchecked.contains(&true);
        files.unchecked = unchecked;
    }

    /// Whether any row was or will be sent without a certificate check.
    pub(crate) fn is_insecure(&self) -> bool {
        self.0.borrow().insecure
    }

    /// Puts a row among those to try again that this session leaves alone.
    pub(crate) fn add_failed(&self, index: usize, change: &Change<'_>) {
        if let Some(failed) = &mut self.0.borrow_mut().failed {
            failed.add(index, change);
        }
    }

    /// Puts every file that is whole in its place.
    pub(crate) fn finish(self, summary: &ReportSummary<'_>) -> Written {
        let Files { reports, failed, .. } = self.0.into_inner();
        let reports = reports.into_iter().map(|report| report.and_then(|report| report.finish(summary)));
        let failed = failed.into_iter().map(FailedList::finish);
        let mut written = Written { files: Vec::new(), failures: Vec::new() };
        for file in reports.chain(failed) {
            match file {
                Ok(placed) => written.files.push(placed),
                Err(error) => written.failures.push(Failure { exit: Exit::Failed, ..unwritable(&error) }),
            }
        }
        written
    }
}

fn unwritable(error: &ReportError) -> Failure {
    Failure::bad_input(error).with_remedy(error.remedy())
}

impl Files {
    fn add(&mut self, settled: &Settled<'_>) {
        if let (Some(failed), Some(change)) = (&mut self.failed, &settled.again) {
            failed.add(settled.index, change);
        }
        if !self.reports.is_empty() {
            self.order.settle(settled.index, self.noted(settled.index, settled.line));
            self.report();
        }
    }

    /// The line as reports have it.
    fn noted(&self, index: usize, line: &Line) -> Line {
        let mut line = line.clone();
        let is_unchecked = self.unchecked.get(index).copied().unwrap_or(self.insecure);
        // What an earlier session sent and this one verified was tried by none of this.
        if is_unchecked && (line.attempts > 0 || line.reason == Some(Reason::Verified)) {
            let before = if line.detail.is_empty() { "" } else { "; " };
            line.detail = format!("{}{before}{UNCHECKED}", line.detail);
        }
        line
    }

    /// Adds what is ready to every report that is whole so far.
    fn report(&mut self) {
        for line in self.order.ready() {
            for report in &mut self.reports {
                if let Ok(open) = report
                    && let Err(error) = open.line(&line)
                {
                    *report = Err(error);
                }
            }
        }
    }
}

impl Observer for Outputs {
    fn note(&self, event: &Event<'_>) {
        if let Event::Settled(settled) = event {
            self.0.borrow_mut().add(settled);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::path::Path;
    use std::rc::Rc;
    use std::time::Duration;

    use cprekey_core::outcome::Outcome;
    use cprekey_core::summary::{Counts, Summary};
    use jiff::Timestamp;

    use super::*;

    /// A report that counts its lines, and takes so many.
    struct Counting {
        lines: Rc<RefCell<usize>>,
        most: usize,
    }

    impl Report for Counting {
        fn line(&mut self, _: &Line) -> Result<(), ReportError> {
            *self.lines.borrow_mut() += 1;
            if *self.lines.borrow() > self.most {
                Err(report::create(Path::new("x.pdf")).err().unwrap())
            } else {
                Ok(())
            }
        }

        fn finish(self: Box<Self>, _: &ReportSummary<'_>) -> Result<Placed, ReportError> {
            Ok(Placed { path: Some(format!("{} lines", self.lines.borrow()).into()), kept: None })
        }
    }

    fn settle(files: &mut Files, index: usize) {
        let line = Line {
            row: 2,
            target: String::new(),
            outcome: Outcome::Changed,
            reason: None,
            detail: String::new(),
            attempts: 1,
            elapsed: Duration::ZERO,
            finished_at: Timestamp::UNIX_EPOCH,
        };
        files.add(&Settled { index, line: &line, unrecorded: false, earlier: false, again: None });
    }

    #[test]
    fn a_report_that_fails_cuts_no_other_short_and_is_not_put_in_place() {
        let counts = [Rc::default(), Rc::default()];
        let reports = [1, 100].into_iter().zip(&counts).map(|(most, lines)| -> Result<Box<dyn Report>, _> {
            Ok(Box::new(Counting { lines: Rc::clone(lines), most }))
        });
        let mut files = Files {
            order: ListOrder::new(),
            reports: reports.collect(),
            failed: None,
            insecure: false,
            unchecked: Vec::new(),
        };
        for index in [0, 2, 1] {
            settle(&mut files, index);
        }
        let run = Summary {
            run: String::new(),
            counts: Counts::default(),
            cause: None,
            started_at: Timestamp::UNIX_EPOCH,
            finished_at: Timestamp::UNIX_EPOCH,
        };
        let about = ReportSummary { run: &run, host: "", user: "", list: "", insecure: false };
        let written = Outputs(RefCell::new(files)).finish(&about);
        assert_eq!(written.files, [Placed { path: Some("3 lines".into()), kept: None }]);
        assert_eq!(written.failures.iter().map(|failure| failure.exit).collect::<Vec<_>>(), [Exit::Failed]);
        assert_eq!(*counts[0].borrow(), 2, "nothing is written to a report that failed");
    }
}
