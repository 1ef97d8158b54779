//! The sum over all runs.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use cprekey_core::outcome::Outcome;

use crate::session::Played;

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
        let Self { runs, violations, differing, requests, .. } = self;
        let outcomes: Vec<String> = self.outcomes.iter().map(|(word, count)| format!("{count} {word}")).collect();
        write!(
            out,
            "{runs} runs, {violations} violations, {differing} replays that differ, {requests} requests, {:.1} s virtual; rows: {}",
            self.virtual_time.as_secs_f64(),
            outcomes.join(", ")
        )
    }
}
