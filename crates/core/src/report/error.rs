//! Why a report could not be written: where, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

/// Why a report, or the list of failed rows, could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The path's ending is none that a report can have.
    #[error("the report {path:?} ends neither in .csv nor in .xlsx nor in .ndjson")]
    UnknownEnding {
        /// The path as the user named it.
        path: PathBuf,
    },
    /// The path names a folder.
    #[error("{path:?} is a folder")]
    IsAFolder {
        /// The path as the user named it.
        path: PathBuf,
    },
    /// The path names something that is no file, such as a device.
    #[error("{path:?} is no regular file")]
    NotAFile {
        /// The path as the user named it.
        path: PathBuf,
    },
    /// No file can be made in the folder where the report is to stand.
    #[error("no file can be made in {folder:?}: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be written or put in place.
    #[error("{path:?} cannot be written: {source}")]
    Write {
        /// Where the file was to stand.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The workbook cannot be written.
    #[error("the workbook {path:?} cannot be written: {source}")]
    Workbook {
        /// Where the file was to stand.
        path: PathBuf,
        /// What the workbook's writer said.
        source: Box<XlsxError>,
    },
    /// There are more lines than a sheet has rows.
    #[error("the workbook {path:?} cannot hold more than {limit} lines")]
    TooManyLines {
        /// Where the file was to stand.
        path: PathBuf,
        /// How many lines a sheet holds below its header.
        limit: u32,
    },
}

impl ReportError {
    /// The file at this path could not be written.
    pub(super) fn unwritten(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    /// What the user can do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::UnknownEnding { .. } => "give the report one of these endings; it says what is written",
            Self::IsAFolder { .. } => "name a file in it",
            Self::NotAFile { .. } => "name a file of your own; --output json writes events to standard output",
            Self::Folder { .. } => "make the folder, make it writable, or name a file elsewhere",
            Self::Write { .. } | Self::Workbook { .. } => "make room on the disk, or name a file elsewhere",
            Self::TooManyLines { .. } => "take a report that ends in .csv or .ndjson",
        }
    }
}
