//! Which look a report has: its path's ending says it.

use std::path::Path;

use super::csv::CsvReport;
use super::error::ReportError;
use super::joint::Report;
use super::ndjson::NdjsonReport;
use super::xlsx::XlsxReport;

/// Begins a report in the look that the path's ending names, in any case: `.csv`, `.xlsx`, `.ndjson`.
///
/// A file is made beside the place at once, so that no run begins whose report could not be written.
///
/// # Errors
///
/// Where the ending is another one, the path names a folder, or no file can be made in its folder.
pub fn create(path: &Path) -> Result<Box<dyn Report>, ReportError> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("csv") => Ok(Box::new(CsvReport::create(path)?)),
        Some("xlsx") => Ok(Box::new(XlsxReport::create(path)?)),
        Some("ndjson") => Ok(Box::new(NdjsonReport::create(path)?)),
        _ => Err(ReportError::UnknownEnding { path: path.to_owned() }),
    }
}

#[cfg(test)]
mod tests;
