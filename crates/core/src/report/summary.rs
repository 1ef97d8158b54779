//! What a report says of the whole run.

use jiff::Timestamp;

use crate::outcome::Outcome;

/// How many rows came to each outcome.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts([u64; Outcome::ALL.len()]);

impl Counts {
    /// Counts one more row.
    pub fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    /// How many rows came to this outcome.
    #[must_use]
    pub const fn of(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// How many rows there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// What a report says of the whole run, where its look has room for it.
#[derive(Clone, Debug)]
pub struct ReportSummary {
    /// The run's id.
    pub run: String,
    /// The panel, as `HOST:PORT`, or the server's own name for a run on it.
    pub host: String,
    /// Whose token or account it was.
    pub user: String,
    /// The list, as the user named it.
    pub list: String,
    /// When the run began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// Whether the panel's certificate went unchecked.
    pub insecure: bool,
    /// How many rows came to each outcome.
    pub counts: Counts,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_counted_apart() {
        let mut counts = Counts::default();
        for (times, outcome) in Outcome::ALL.into_iter().enumerate() {
            (0..=times).for_each(|_| counts.add(outcome));
        }
        for (times, outcome) in (1..).zip(Outcome::ALL) {
            assert_eq!(counts.of(outcome), times, "{outcome}");
        }
        assert_eq!(counts.total(), 28);
    }
}
