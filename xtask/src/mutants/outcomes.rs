//! What cargo-mutants says became of its mutants.

use anyhow::{Context as _, Result};
use serde_json::Value;

/// How many mutants of some files there were.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// A test failed, or did not end.
    pub(super) caught: usize,
    /// No test noticed.
    pub(super) missed: usize,
}

impl Tally {
    /// Those that could be built.
    pub(super) const fn viable(self) -> usize {
        self.caught + self.missed
    }

    /// The share that was caught, in tenths of a percent, rounded down; none of nothing.
    pub(super) fn per_mille(self) -> usize {
        (self.caught * 1000).checked_div(self.viable()).unwrap_or(0)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.caught += other.caught;
        self.missed += other.missed;
    }
}

/// Counts the mutants of these files in an `outcomes.json`. What could not be built is no mutant, and the unmutated tree is none.
pub(super) fn tally(outcomes: &str, files: &[String]) -> Result<Tally> {
    let outcomes: Value = serde_json::from_str(outcomes).context("the outcomes are no JSON")?;
    let outcomes = outcomes["outcomes"].as_array().context("there are no outcomes")?;
    let mut tally = Tally::default();
    for outcome in outcomes {
        let file = outcome["scenario"]["Mutant"]["file"].as_str();
        if !file.is_some_and(|file| files.iter().any(|other| other == file)) {
            continue;
        }
        match outcome["summary"].as_str().context("an outcome has no summary")? {
            "CaughtMutant" | "Timeout" => tally.caught += 1,
            "Unviable" => {}
            _ => tally.missed += 1,
        }
    }
    Ok(tally)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const OUTCOMES: &str = r#"{"outcomes": [
        {"scenario": "Baseline", "summary": "Success"},
        {"scenario": {"Mutant": {"file": "a.rs"}}, "summary": "CaughtMutant"},
        {"scenario": {"Mutant": {"file": "a.rs"}}, "summary": "Timeout"},
        {"scenario": {"Mutant": {"file": "a.rs"}}, "summary": "Unviable"},
        {"scenario": {"Mutant": {"file": "a.rs"}}, "summary": "MissedMutant"},
        {"scenario": {"Mutant": {"file": "b.rs"}}, "summary": "Failure"}
    ]}"#;

    #[test]
    fn mutants_are_counted_for_their_file() {
        let count = |file: &str| tally(OUTCOMES, &[file.to_owned()]).unwrap();
        assert_eq!(count("a.rs"), Tally { caught: 2, missed: 1 });
        assert_eq!(count("a.rs").per_mille(), 666);
        assert_eq!(count("b.rs"), Tally { caught: 0, missed: 1 });
        assert_eq!((count("c.rs").viable(), count("c.rs").per_mille()), (0, 0));
        let mut both = count("a.rs");
        both.add(count("b.rs"));
        assert_eq!(both, Tally { caught: 2, missed: 2 });
        assert!(tally("{}", &[]).is_err() && tally("", &[]).is_err());
    }
}
