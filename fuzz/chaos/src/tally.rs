//! The sum over all runs.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use cprekey_core::outcome::Outcome;

use crate::sessions::Played;

#[derive(Debug, Default)]
pub(crate) struct Tally {
    runs: u64,
    violations: usize,
    differing: u64,
    requests: usize,
    virtual_time: Duration,
    outcomes: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, played: &Played, differs: bool, violates: bool) {
        self.runs += 1;
        self.violations += usize::from(violates);
        self.differing += u64::from(differs);
        self.requests += played.state.seen.len();
        self.virtual_time += played.took;
        for outcome in Outcome::ALL {
            let count = played.end.as_ref().map_or(0, |end| end.summary.counts.of(outcome));
            *self.outcomes.entry(outcome.word()).or_default() += count;
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.runs += other.runs;
        self.violations += other.violations;
        self.differing += other.differing;
        self.requests += other.requests;
        self.virtual_time += other.virtual_time;
        for (word, count) in other.outcomes {
            *self.outcomes.entry(word).or_default() += count;
        }
    }

    /// How many runs do not hold.
    pub(crate) const fn violations(&self) -> usize {
        self.violations
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { violations, differing, .. } = self;
        let (runs, requests) = (grouped(self.runs), grouped(self.requests as u64));
        let outcomes: Vec<String> =
            self.outcomes.iter().map(|(word, count)| format!("{} {word}", grouped(*count as u64))).collect();
        write!(
            out,
            "{runs} runs, {violations} violations, {differing} replays that differ, {requests} requests, {:.1} s virtual; rows: {}",
            self.virtual_time.as_secs_f64(),
            outcomes.join(", ")
        )
    }
}

/// A number with its thousands told apart: `15,600`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_told_apart() {
        let numbers = [0, 999, 1_000, 15_600, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "15,600", "1,234,567"]);
    }
}
