//! How much what one more costs changes from step to step, as lines of the table.

use anyhow::{Context as _, Result};

use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, number};
use crate::real::of_size;
use crate::slope::{Cost, bends, slopes};

/// What some counts of something cost.
pub(super) struct Growth<'a> {
    /// What was done.
    pub(super) what: &'a str,
    /// What is counted, such as `row`.
    pub(super) each: &'a str,
    /// How many there were.
    pub(super) counts: &'a [usize],
    /// What they cost, as often as it was measured.
    pub(super) costs: Vec<Vec<f64>>,
    /// What it costs in, such as `bytes`.
    pub(super) unit: &'a str,
}

impl Growth<'_> {
    /// A line for every change of the slope, in percent: what one more costs in a step, beside what it cost in the step before.
    ///
    /// # Errors
    ///
    /// Where something was not measured.
    pub(super) fn findings(&self, goal: Goal) -> Result<Vec<Finding>> {
        let costs = self.costs.iter().map(|costs| Ok(Figures::of(costs)?.median)).collect::<Result<Vec<_>>>()?;
        let slopes = slopes(&self.line(&costs));
        let rounds = self.costs.iter().map(Vec::len).min().unwrap_or_default();
        let mut each = Vec::new();
        for round in 0..rounds {
            let costs: Vec<_> = self.costs.iter().map(|costs| costs[round]).collect();
            each.push(bends(&self.line(&costs)));
        }
        let steps = 0..slopes.len().saturating_sub(1);
        steps.map(|step| self.finding(step, &each, &slopes, &costs, goal)).collect()
    }

    fn finding(&self, step: usize, each: &[Vec<f64>], slopes: &[f64], costs: &[f64], goal: Goal) -> Result<Finding> {
        let Self { what, each: one, counts, unit, .. } = self;
        let bends: Vec<_> = each.iter().map(|bends| bends[step] * 100.0).collect();
        let (before, after) = (slopes[step], slopes[step + 1]);
        let all = costs.last().context("nothing was counted")?;
        Ok(Finding {
            what: format!("{what}: change of slope, {} to {} {one}s", counts[step + 1], counts[step + 2]),
            beside: format!("{} to {} {one}s", counts[step], counts[step + 1]),
            figure: without_sign(Figures::of(&bends)?),
            unit: Unit::Percent,
            goal,
            context: format!(
                "a {one} costs {} {unit}, and before {}; {} {one}s cost {}",
                number(after),
                number(before),
                counts.last().context("nothing was counted")?,
                number(*all)
            ),
        })
    }

    fn line(&self, costs: &[f64]) -> Vec<Cost> {
        self.counts.iter().zip(costs).map(|(&count, &cost)| Cost { count: of_size(count), cost }).collect()
    }
}

/// A fall as a rise: either is a change.
fn without_sign(figures: Figures) -> Figures {
    let Figures { median, least, most } = figures;
    if median < 0.0 { Figures { median: -median, least: -most, most: -least } } else { figures }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn each_change_of_slope_is_a_line() {
        let growth = Growth {
            what: "check, time",
            each: "row",
            counts: &[1, 2, 3, 5],
            costs: vec![vec![10.0, 10.0], vec![20.0, 20.0], vec![30.0, 31.0], vec![40.0, 41.0]],
            unit: "µs",
        };
        let findings = growth.findings(Goal::AtMost(5.0)).unwrap();
        let (up, down) = (&findings[0], &findings[1]);
        assert_eq!(up.what, "check, time: change of slope, 2 to 3 rows");
        assert!((up.figure.median - 5.0).abs() < 1e-9 && (up.figure.most - 10.0).abs() < 1e-9, "{up:?}");
        assert!(down.figure.median > 50.0 && !Goal::AtMost(5.0).is_met_by(down.figure), "{down:?}");
        assert_eq!(down.context, "a row costs 5.00 µs, and before 10.5; 5 rows cost 40.5");
    }
}
