//! The works, in the order of their numbers.

mod batch;
mod changing;
mod checking;
mod csv;
mod growth;
mod local;
mod pace;
mod start;
mod workbook;

use crate::work::Work;

/// All of them.
pub(crate) const WORKS: &[Work] =
    &[workbook::WORK, csv::WORK, start::WORK, pace::WORK, batch::WORK, local::WORK, growth::WORK];
