//! A report as JSON lines: one object a line, named as the columns are.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::beside::{Beside, Placed, Readers};
use super::error::ReportError;
use super::joint::{Report, made_safe};
use super::summary::ReportSummary;
use crate::line::Line;

/// A report of JSON lines that is being written.
pub(super) struct NdjsonReport {
    beside: Beside,
    writer: BufWriter<File>,
}

impl NdjsonReport {
    /// Begins the report.
    pub(super) fn create(path: &Path) -> Result<Self, ReportError> {
        let beside = Beside::create(path, Readers::AsUsual)?;
        let file = beside.file().map_err(|source| ReportError::unwritten(path, source))?;
        Ok(Self { beside, writer: BufWriter::new(file) })
    }
}

impl Report for NdjsonReport {
    fn line(&mut self, line: &Line) -> Result<(), ReportError> {
        serde_json::to_writer(&mut self.writer, &*made_safe(line))
            .map_err(io::Error::from)
            .and_then(|()| self.writer.write_all(b"\n"))
            .map_err(|source| ReportError::unwritten(self.beside.path(), source))
    }

    fn finish(self: Box<Self>, _summary: &ReportSummary<'_>) -> Result<Placed, ReportError> {
        let Self { beside, mut writer } = *self;
        writer.flush().map_err(|source| ReportError::unwritten(beside.path(), source))?;
        beside.put_in_place()
    }
}
