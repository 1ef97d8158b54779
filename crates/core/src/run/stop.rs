//! The stop rule on failures, as a pure decision.

use std::str::FromStr;

use thiserror::Error;

use crate::outcome::Outcome;
use crate::summary::Counts;

/// How many rows may be refused or unknown before no further row is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MaxFailures {
    /// So many rows.
    Rows(usize),
    /// So many of a hundred changes of the plan.
    Percent(u8),
}

/// Why a limit could not be understood.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("a limit of failures is a number above 0, such as 10, or a share such as 5%")]
pub struct MaxFailuresError;

impl FromStr for MaxFailures {
    type Err = MaxFailuresError;

    fn from_str(text: &str) -> Result<Self, MaxFailuresError> {
        if let Some(share) = text.strip_suffix('%') {
            let percent = share.parse().ok().filter(|percent| (1..=100).contains(percent));
            return percent.map(Self::Percent).ok_or(MaxFailuresError);
        }
        text.parse().ok().filter(|&rows| rows > 0).map(Self::Rows).ok_or(MaxFailuresError)
    }
}

impl MaxFailures {
    /// How many rows may still fail before it is reached.
    #[must_use]
    pub fn left(self, counts: &Counts, changes: usize) -> usize {
        let failures = counts.of(Outcome::Refused) + counts.of(Outcome::Unknown);
        let most = match self {
            Self::Rows(rows) => rows,
            Self::Percent(percent) => (changes * usize::from(percent)).div_ceil(100),
        };
        most.saturating_sub(failures)
    }

    /// Whether a run of `changes` changes has failed often enough to end.
    #[must_use]
    pub fn is_reached(self, counts: &Counts, changes: usize) -> bool {
        let failures = counts.of(Outcome::Refused) + counts.of(Outcome::Unknown);
        match self {
            Self::Rows(rows) => failures >= rows,
            Self::Percent(percent) => failures > 0 && failures * 100 >= changes * usize::from(percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(refused: usize, unknown: usize) -> Counts {
        let mut counts = Counts::default();
        (0..refused).for_each(|_| counts.add(Outcome::Refused));
        (0..unknown).for_each(|_| counts.add(Outcome::Unknown));
        counts.add(Outcome::Changed);
        counts
    }

    #[test]
    fn limits_are_read_as_typed() {
        assert_eq!("10".parse(), Ok(MaxFailures::Rows(10)));
        assert_eq!("5%".parse(), Ok(MaxFailures::Percent(5)));
        for text in ["", "0", "0%", "101%", "-1", "5 %", "many"] {
            assert_eq!(text.parse::<MaxFailures>(), Err(MaxFailuresError), "{text}");
        }
    }

    #[test]
    fn refused_and_unknown_rows_count_and_no_others() {
        assert!(!MaxFailures::Rows(3).is_reached(&failed(1, 1), 100));
        assert!(MaxFailures::Rows(3).is_reached(&failed(1, 2), 100));
    }

    #[test]
    fn what_is_left_is_what_may_still_fail() {
        assert_eq!(MaxFailures::Rows(3).left(&failed(1, 1), 100), 1);
        assert_eq!(MaxFailures::Rows(3).left(&failed(3, 1), 100), 0);
        assert_eq!(MaxFailures::Percent(5).left(&failed(1, 0), 101), 5, "6 of 101 are more than 5 %, and 5 are not");
    }

    #[test]
    fn a_share_is_one_of_the_changes() {
        assert!(!MaxFailures::Percent(5).is_reached(&failed(4, 0), 100));
        assert!(MaxFailures::Percent(5).is_reached(&failed(5, 0), 100));
        assert!(!MaxFailures::Percent(5).is_reached(&failed(0, 0), 0), "no failure is never too many");
    }
}
