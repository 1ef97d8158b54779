//! The works, in the order of their numbers.

mod apply;
mod checking;
mod closing;
mod csv;
mod latency;
mod start;
mod workbook;

use crate::work::Work;

/// All of them.
pub(crate) const WORKS: &[Work] = &[workbook::WORK, csv::WORK, start::WORK, apply::WORK, closing::WORK, latency::WORK];
