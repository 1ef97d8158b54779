//! What became of all who took part, and lines for the table of it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::meeting::{Meeting, cpu_a_row, rate};
use crate::contest::peak;
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, number};

/// The meetings of each, in the order of the rounds.
#[derive(Debug, Default)]
pub(crate) struct Results(BTreeMap<&'static str, Vec<Meeting>>);

impl Results {
    /// Adds the meeting of one in the next round.
    pub(super) fn add(&mut self, name: &'static str, meeting: Meeting) {
        self.0.entry(name).or_default().push(meeting);
    }

    /// What some figure of one comes to.
    ///
    /// # Errors
    ///
    /// Where it did not take part.
    pub(crate) fn figures(&self, name: &str, figure: impl Fn(&Meeting) -> f64) -> Result<Figures> {
        Figures::of(&self.each(name, figure)?)
    }

    /// What a figure of one is as a multiple of another's, round by round.
    ///
    /// # Errors
    ///
    /// Where they did not meet.
    pub(crate) fn ratio(&self, one: &str, other: &str, figure: impl Fn(&Meeting) -> f64) -> Result<Figures> {
        self.ratio_of((one, &figure), (other, &figure))
    }

    /// The same where each has a figure of its own.
    ///
    /// # Errors
    ///
    /// Where they did not meet.
    pub(crate) fn ratio_of(
        &self,
        one: (&str, impl Fn(&Meeting) -> f64),
        other: (&str, impl Fn(&Meeting) -> f64),
    ) -> Result<Figures> {
        Figures::of_ratios(&self.each(one.0, one.1)?, &self.each(other.0, other.1)?)
    }

    /// The peak memory of one, in mebibytes.
    ///
    /// # Errors
    ///
    /// Where it did not take part.
    pub(crate) fn peak(&self, name: &str) -> Result<Figures> {
        self.figures(name, |meeting| peak(&meeting.sample))
    }

    /// What one did, in words: `24,000/s (17.0 µs of CPU each, panel 97 % busy)`.
    ///
    /// # Errors
    ///
    /// Where it did not take part.
    pub(crate) fn told(&self, name: &str) -> Result<String> {
        let (rate, cpu) = (self.figures(name, rate)?.median, self.figures(name, cpu_a_row)?.median);
        let busy = self.figures(name, Meeting::panel_share)?.median;
        Ok(format!("{}/s ({} µs of CPU each, panel {busy:.0} % busy)", number(rate), number(cpu)))
    }

    fn each(&self, name: &str, figure: impl Fn(&Meeting) -> f64) -> Result<Vec<f64>> {
        let meetings = self.0.get(name).with_context(|| format!("no {name} took part"))?;
        Ok(meetings.iter().map(figure).collect())
    }
}

/// A line on the passwords a second of one, as a multiple of another's.
///
/// # Errors
///
/// Where they did not meet.
pub(crate) fn multiple(results: &Results, what: &str, one: &str, other: &str, goal: Goal) -> Result<Finding> {
    Ok(Finding {
        what: what.to_owned(),
        beside: other.to_owned(),
        figure: results.ratio(one, other, rate)?,
        unit: Unit::Times,
        goal,
        context: format!("{} beside {}", results.told(one)?, results.told(other)?),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::meeting::tests::meeting;
    use super::*;

    #[test]
    fn rates_are_compared_round_by_round() {
        let mut results = Results::default();
        for (own, others) in [(1.0, 2.0), (10.0, 30.0), (1.0, 4.0)] {
            results.add("own", meeting(101, own, own));
            results.add("other", meeting(101, others, others));
        }
        let finding = multiple(&results, "apply", "own", "other", Goal::AtLeast(2.5)).unwrap();
        assert!((finding.figure.median - 3.0).abs() < 1e-9, "{finding:?}");
        assert_eq!(
            finding.context,
            "100/s (4,950 µs of CPU each, panel 100 % busy) beside 25.0/s (4,950 µs of CPU each, panel 25 % busy)"
        );
        assert!(multiple(&results, "apply", "own", "nobody", Goal::Shown).is_err());
    }
}
