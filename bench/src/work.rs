//! One thing that is measured.

use anyhow::Result;

use crate::bench::Bench;
use crate::finding::Finding;

/// A work: one row of the goals, or some that are measured together.
pub(crate) struct Work {
    /// Its number in the table.
    pub(crate) number: u32,
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it is, in a line.
    pub(crate) title: &'static str,
    /// Measures it.
    pub(crate) measure: fn(&Bench) -> Result<Vec<Finding>>,
}

impl Work {
    /// The heading above its table.
    pub(crate) fn heading(&self) -> String {
        format!("## {}. {}", self.number, self.title)
    }
}
