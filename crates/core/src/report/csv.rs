//! A report as CSV: UTF-8, commas, one header, formulas made harmless.

use std::fs::File;
use std::path::Path;

use ::csv::Writer;

use super::beside::{Beside, Placed, Readers};
use super::error::ReportError;
use super::formula::harmless;
use super::joint::{HEADER, Report, made_safe, milliseconds};
use super::summary::ReportSummary;
use crate::line::Line;
use crate::reason::Reason;

/// A CSV report that is being written.
pub(super) struct CsvReport {
    beside: Beside,
    writer: Writer<File>,
}

impl CsvReport {
    /// Begins the report with its header.
    pub(super) fn create(path: &Path) -> Result<Self, ReportError> {
        let beside = Beside::create(path, Readers::AsUsual)?;
        let file = beside.file().map_err(|source| ReportError::unwritten(path, source))?;
        let mut report = Self { beside, writer: Writer::from_writer(file) };
        report.write(HEADER)?;
        Ok(report)
    }

    fn write(&mut self, cells: [&str; HEADER.len()]) -> Result<(), ReportError> {
        self.writer.write_record(cells).map_err(|error| ReportError::unwritten(self.beside.path(), error.into()))
    }
}

impl Report for CsvReport {
    fn line(&mut self, line: &Line) -> Result<(), ReportError> {
        let line = made_safe(line);
        self.write([
            &line.row.to_string(),
            &harmless(&line.target),
            line.outcome.word(),
            line.reason.map_or("", Reason::word),
            &harmless(&line.detail),
            &line.attempts.to_string(),
            &milliseconds(&line).to_string(),
            &format!("{:.3}", line.finished_at),
        ])
    }

    fn finish(self: Box<Self>, _summary: &ReportSummary<'_>) -> Result<Placed, ReportError> {
        let Self { beside, mut writer } = *self;
        writer.flush().map_err(|source| ReportError::unwritten(beside.path(), source))?;
        beside.put_in_place()
    }
}
