//! What became of all files: what was read, and every difference that is listed.

use std::collections::BTreeMap;
use std::fmt;

/// A difference between the two readers that is meant to be: each is a row of the table in `docs/CSV.md`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Difference {
    /// Python gives a record without cells.
    EmptyLine,
    /// Python keeps the kind of a line break in a cell.
    LineBreakInCell,
    /// Python keeps the mark at the beginning.
    ByteOrderMark,
    /// Python refuses bytes that windows-1252 does not assign.
    UnassignedByte,
}

impl Difference {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::EmptyLine => "empty lines",
            Self::LineBreakInCell => "line break in a cell",
            Self::ByteOrderMark => "byte order mark",
            Self::UnassignedByte => "unassigned byte",
        }
    }
}

/// Why both readers refuse a file.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Refusal {
    /// Something follows a closing quotation mark.
    StrayQuote,
    /// A quotation mark is never closed.
    OpenQuote,
    /// It is malformed in its encoding.
    Malformed,
}

impl Refusal {
    const fn name(self) -> &'static str {
        match self {
            Self::StrayQuote => "stray quotation mark",
            Self::OpenQuote => "open quotation mark",
            Self::Malformed => "malformed text",
        }
    }
}

/// What was found out about a file.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// The records that both read, and their cells.
    pub(crate) records: u64,
    pub(crate) cells: u64,
    pub(crate) differences: Vec<Difference>,
    pub(crate) refusal: Option<Refusal>,
}

/// The sum over all files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    files: u64,
    records: u64,
    cells: u64,
    differences: BTreeMap<Difference, u64>,
    refusals: BTreeMap<Refusal, u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, found: &Found) {
        self.files += 1;
        self.records += found.records;
        self.cells += found.cells;
        for difference in &found.differences {
            *self.differences.entry(*difference).or_default() += 1;
        }
        if let Some(refusal) = found.refusal {
            *self.refusals.entry(refusal).or_default() += 1;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} files, {} records and {} cells read the same", self.files, self.records, self.cells)?;
        let refused: Vec<_> =
            self.refusals.iter().map(|(refusal, files)| format!("{files} {}", refusal.name())).collect();
        let listed: Vec<_> = self.differences.iter().map(|(one, files)| format!("{files} {}", one.name())).collect();
        write!(out, "; refused by both: {}; as listed: {}; 0 unlisted", refused.join(", "), listed.join(", "))
    }
}
