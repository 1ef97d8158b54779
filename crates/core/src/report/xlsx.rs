//! A report as a workbook: a sheet of rows, and a sheet that sums the run up.
//!
//! Texts are typed as texts, so no cell can be a formula. Rows go to a temporary file beside the report as they come, so a long
//! report needs no more memory than a short one.

use std::borrow::Cow;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::beside::{Beside, Placed, Readers, folder_of};
use super::error::ReportError;
use super::joint::{HEADER, Report, made_safe, milliseconds};
use super::summary::ReportSummary;
use super::xlsx_look as look;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::text::safe;

/// How many lines a sheet holds below its header (Excel specifications and limits: 1,048,576 rows).
const LINES_LIMIT: u32 = 1_048_575;

/// The column of the outcome.
const OUTCOME: u16 = 2;

/// A workbook that is being written.
pub(super) struct XlsxReport {
    beside: Beside,
    workbook: Workbook,
    lines: u32,
    text: Format,
    outcomes: [Format; Outcome::ALL.len()],
}

impl XlsxReport {
    /// Begins the workbook with the sheet of rows.
    pub(super) fn create(path: &Path) -> Result<Self, ReportError> {
        let beside = Beside::create(path, Readers::AsUsual)?;
        let workbook = begin(folder_of(path)).map_err(|error| not_written(path, error))?;
        Ok(Self { beside, workbook, lines: 0, text: look::text(), outcomes: Outcome::ALL.map(look::outcome) })
    }

    fn write(&mut self, line: &Line) -> Result<(), XlsxError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        let row = self.lines;
        let finished_at = format!("{:.3}", line.finished_at);
        sheet.write_number(row, 0, line.row)?;
        sheet.write_string_with_format(row, 1, &line.target, &self.text)?;
        sheet.write_string_with_format(row, OUTCOME, line.outcome.word(), &self.outcomes[line.outcome as usize])?;
        sheet.write_string(row, 3, line.reason.map_or("", Reason::word))?;
        sheet.write_string_with_format(row, 4, &line.detail, &self.text)?;
        sheet.write_number(row, 5, line.attempts)?;
        sheet.write_number(row, 6, as_number(milliseconds(line)))?;
        sheet.write_string(row, 7, finished_at)?;
        Ok(())
    }

    fn end(&mut self, summary: &ReportSummary<'_>) -> Result<(), XlsxError> {
        let last_column = u16::try_from(HEADER.len() - 1).unwrap_or(u16::MAX);
        self.workbook.worksheet_from_index(0)?.autofilter(0, 0, self.lines, last_column)?;
        write_summary(self.workbook.add_worksheet(), summary)?;
        let file = self.beside.file()?;
        self.workbook.save_to_writer(file)
    }
}

impl Report for XlsxReport {
    fn line(&mut self, line: &Line) -> Result<(), ReportError> {
        if self.lines == LINES_LIMIT {
            return Err(ReportError::TooManyLines { path: self.beside.path().to_owned(), limit: LINES_LIMIT });
        }
        self.lines += 1;
        let line = made_safe(line);
        survived(|| self.write(&line)).map_err(|error| not_written(self.beside.path(), error))
    }

    fn finish(mut self: Box<Self>, summary: &ReportSummary<'_>) -> Result<Placed, ReportError> {
        survived(|| self.end(summary)).map_err(|error| not_written(self.beside.path(), error))?;
        self.beside.put_in_place()
    }
}

fn begin(folder: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("rows")?.set_freeze_panes(1, 0)?;
    for ((column, name), width) in (0..).zip(HEADER).zip(look::ROWS_WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &look::header())?;
    }
    Ok(workbook)
}

fn write_summary(sheet: &mut Worksheet, summary: &ReportSummary<'_>) -> Result<(), XlsxError> {
    sheet.set_name("summary")?;
    for (column, width) in (0..).zip(look::SUMMARY_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let facts = facts(summary);
    for (row, (name, value)) in (0..).zip(&facts) {
        sheet.write_string_with_format(row, 0, *name, &look::header())?;
        sheet.write_string_with_format(row, 1, value.as_ref(), &look::text())?;
    }
    let first_count = u32::try_from(facts.len() + 1).unwrap_or(u32::MAX);
    for (row, outcome) in (first_count..).zip(Outcome::ALL) {
        sheet.write_string_with_format(row, 0, outcome.word(), &look::outcome(outcome))?;
        sheet.write_number(row, 1, as_number(summary.run.counts.of(outcome) as u64))?;
    }
    Ok(())
}

fn facts<'a>(summary: &ReportSummary<'a>) -> Vec<(&'static str, Cow<'a, str>)> {
    let mut facts = vec![
        ("run", safe(&summary.run.run)),
        ("panel", safe(summary.host)),
        ("user", safe(summary.user)),
        ("list", safe(summary.list)),
        ("started", format!("{:.3}", summary.run.started_at).into()),
        ("finished", format!("{:.3}", summary.run.finished_at).into()),
    ];
    if summary.insecure {
        facts.push(("certificate", "not checked (--insecure)".into()));
    }
    facts
}

/// A count as a cell's number; no count of ours comes near the 2^53 up to which it is exact.
#[expect(clippy::cast_precision_loss, reason = "a workbook knows no other numbers")]
const fn as_number(count: u64) -> f64 {
    count as f64
}

/// The library that writes workbooks panics where the temporary file of its rows cannot be written.
fn survived(write: impl FnOnce() -> Result<(), XlsxError>) -> Result<(), XlsxError> {
    let ended = panic::catch_unwind(AssertUnwindSafe(write));
    ended.unwrap_or_else(|_| Err(XlsxError::IoError(io::ErrorKind::StorageFull.into())))
}

fn not_written(path: &Path, source: XlsxError) -> ReportError {
    ReportError::Workbook { path: path.to_owned(), source: Box::new(source) }
}
