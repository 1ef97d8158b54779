//! How long one contender takes beside another, as a line of the table.

use anyhow::Result;

use crate::contest::{Standing, cpu, wall};
use crate::figures::Figures;
use crate::finding::{Finding, Goal, Unit, in_seconds};
use crate::sample::Sample;

/// How many times as long the first takes as the second.
///
/// # Errors
///
/// Where they were in no round together.
pub(crate) fn slower(what: &str, own: &Standing, other: &Standing, goal: Goal) -> Result<Finding> {
    finding(what, own, other, goal, own.ratio_to(other, wall)?)
}

/// How many times as fast the first is as the second.
///
/// # Errors
///
/// Where they were in no round together.
pub(crate) fn faster(what: &str, own: &Standing, other: &Standing, goal: Goal) -> Result<Finding> {
    let finding = finding(what, own, other, goal, other.ratio_to(own, wall)?)?;
    Ok(Finding { beside: format!("faster than {}", finding.beside), ..finding })
}

fn finding(what: &str, own: &Standing, other: &Standing, goal: Goal, figure: Figures) -> Result<Finding> {
    let both = |figure: fn(&Sample) -> f64| -> Result<String> {
        Ok([own.figures(figure)?, other.figures(figure)?].map(|figures| in_seconds(figures.median)).join(" beside "))
    };
    let rounds = own.rounds();
    Ok(Finding {
        what: what.to_owned(),
        beside: other.name().to_owned(),
        figure,
        unit: Unit::Times,
        goal,
        context: format!("{}; CPU {}; rounds: {rounds}", both(wall)?, both(cpu)?),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::contest::{Contender, contest};

    #[test]
    fn a_contender_is_held_against_another_either_way() {
        let contender = |name, milliseconds| {
            Contender::new(name, move || {
                let (wall, cpu) = (Duration::from_millis(milliseconds), Duration::from_millis(milliseconds / 2));
                Ok(Sample { wall, cpu, peak: 0, exit: 0, said: String::new(), complained: String::new() })
            })
        };
        let standings = contest(2, &[contender("own", 500), contender("peer", 2_000)]).unwrap();
        let (own, peer) = (standings.of("own").unwrap(), standings.of("peer").unwrap());
        let faster = faster("reading", own, peer, Goal::AtLeast(3.0)).unwrap();
        assert!((faster.figure.median - 4.0).abs() < 1e-9);
        assert_eq!(faster.beside, "faster than peer");
        assert_eq!(faster.context, "500 ms beside 2.00 s; CPU 250 ms beside 1.00 s; rounds: 2");
        assert!((slower("reading", own, peer, Goal::Shown).unwrap().figure.median - 0.25).abs() < 1e-9);
    }
}
