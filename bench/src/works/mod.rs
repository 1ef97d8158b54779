//! The works, in the order of their numbers.

mod apply;
mod batch;
mod changing;
mod checking;
mod closing;
mod csv;
mod growth;
mod journal;
mod latency;
mod local;
mod pace;
mod start;
mod workbook;

use crate::work::Work;

/// All of them.
pub(crate) const WORKS: &[Work] = &[
    workbook::WORK,
    csv::WORK,
    start::WORK,
    apply::WORK,
    closing::WORK,
    latency::WORK,
    pace::WORK,
    batch::WORK,
    local::WORK,
    growth::WORK,
    journal::WORK,
];
