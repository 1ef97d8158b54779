//! What became of a whole run, in numbers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::brake::Cause;
use crate::outcome::Outcome;

/// How many rows have which outcome.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts([usize; Outcome::ALL.len()]);

impl Counts {
    /// Notes one more row.
    pub fn add(&mut self, outcome: Outcome) {
        self.0[outcome as usize] += 1;
    }

    /// How many rows have this outcome.
    #[must_use]
    pub const fn of(&self, outcome: Outcome) -> usize {
        self.0[outcome as usize]
    }

    /// How many rows have any.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Every outcome that some row has, with its number, in the order of [`Outcome::ALL`].
    pub fn present(&self) -> impl Iterator<Item = (Outcome, usize)> + '_ {
        Outcome::ALL.into_iter().map(|outcome| (outcome, self.of(outcome))).filter(|&(_, count)| count > 0)
    }
}

impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Outcome::ALL
            .iter()
            .map(|&outcome| (outcome.word(), self.of(outcome)))
            .collect::<BTreeMap<_, _>>()
            .serialize(serializer)
    }
}

/// What became of a whole run.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The run's id.
    pub run: String,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// Why the run ended early, if it did.
    pub cause: Option<Cause>,
    /// When it began, UTC.
    #[serde(serialize_with = "crate::line::rfc3339")]
    pub started_at: Timestamp,
    /// When its last row was settled, UTC.
    #[serde(serialize_with = "crate::line::rfc3339")]
    pub finished_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_counted_in_its_own_place() {
        let mut counts = Counts::default();
        for outcome in Outcome::ALL {
            counts.add(outcome);
            assert_eq!(counts.of(outcome), 1, "{outcome}");
        }
        counts.add(Outcome::Refused);
        assert_eq!((counts.of(Outcome::Refused), counts.total()), (2, 8));
    }
}
