//! Why no more of a workbook is read.

use std::io;

use super::super::error::ListErrorKind;

/// Why no more is read.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is not so simple.
    NotSimple,
    /// It is so simple, and wrong.
    Wrong(ListErrorKind),
}

impl From<ListErrorKind> for Stop {
    fn from(error: ListErrorKind) -> Self {
        Self::Wrong(error)
    }
}

/// Why a part cannot be read is told by the library, which tries once more.
impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::NotSimple
    }
}
