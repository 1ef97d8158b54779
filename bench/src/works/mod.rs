//! The works, in the order of their numbers.

mod checking;
mod csv;
mod start;
mod workbook;

use crate::work::Work;

/// All of them.
pub(crate) const WORKS: &[Work] = &[workbook::WORK, csv::WORK, start::WORK];
