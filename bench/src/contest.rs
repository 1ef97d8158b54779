//! Contenders that do the same work in turns: A B A B, so that whatever changes on the machine meets all of them.

use anyhow::{Context as _, Result};

use crate::figures::Figures;
use crate::finding::seconds;
use crate::sample::{Process, Sample};
use crate::shell::note;

/// One who does the work.
pub(crate) struct Contender<'a> {
    name: &'a str,
    run: Box<dyn Fn() -> Result<Sample> + 'a>,
}

impl<'a> Contender<'a> {
    /// One that is run so, and that fails where it did not do its work.
    pub(crate) fn new(name: &'a str, run: impl Fn() -> Result<Sample> + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }

    /// A process that must end well and say these words.
    pub(crate) fn process(name: &'a str, process: Process, words: &'a str) -> Self {
        Self::new(name, move || process.measure()?.ended(0)?.saying(words))
    }
}

/// What became of a contender.
#[derive(Debug)]
pub(crate) struct Standing {
    name: String,
    samples: Vec<Sample>,
}

/// What became of all.
#[derive(Debug)]
pub(crate) struct Standings(Vec<Standing>);

/// Runs the contenders one after the other, round by round.
///
/// # Errors
///
/// Where one did not do its work.
pub(crate) fn contest(rounds: usize, contenders: &[Contender]) -> Result<Standings> {
    let standing = |contender: &Contender| Standing { name: contender.name.to_owned(), samples: Vec::new() };
    let mut standings: Vec<_> = contenders.iter().map(standing).collect();
    for round in 1..=rounds {
        for (contender, standing) in contenders.iter().zip(&mut standings) {
            let sample = (contender.run)().with_context(|| contender.name.to_owned())?;
            let (wall, cpu) = (seconds(sample.wall), seconds(sample.cpu));
            note(&format!("round {round} of {rounds}: {}: {wall}, CPU {cpu}", contender.name));
            standing.samples.push(sample);
        }
    }
    Ok(Standings(standings))
}

impl Standings {
    /// What became of the contender of this name.
    ///
    /// # Errors
    ///
    /// Where there was none.
    pub(crate) fn of(&self, name: &str) -> Result<&Standing> {
        self.0.iter().find(|standing| standing.name == name).with_context(|| format!("no {name} took part"))
    }
}

impl Standing {
    /// Who it was.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// In how many rounds it took part.
    pub(crate) fn rounds(&self) -> usize {
        self.samples.len()
    }

    /// What some figure of its samples comes to.
    ///
    /// # Errors
    ///
    /// Where it took part in no round.
    pub(crate) fn figures(&self, figure: fn(&Sample) -> f64) -> Result<Figures> {
        Figures::of(&self.each(figure))
    }

    /// What its figure is as a multiple of another's, round by round.
    ///
    /// # Errors
    ///
    /// Where there was no round with both.
    pub(crate) fn ratio_to(&self, other: &Self, figure: fn(&Sample) -> f64) -> Result<Figures> {
        Figures::of_ratios(&self.each(figure), &other.each(figure))
    }

    fn each(&self, figure: fn(&Sample) -> f64) -> Vec<f64> {
        self.samples.iter().map(figure).collect()
    }
}

/// Wall time, in seconds.
pub(crate) fn wall(sample: &Sample) -> f64 {
    sample.wall.as_secs_f64()
}

/// CPU time, in seconds.
pub(crate) fn cpu(sample: &Sample) -> f64 {
    sample.cpu.as_secs_f64()
}

/// Peak memory, in mebibytes.
pub(crate) fn peak(sample: &Sample) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no memory is so large")]
    let bytes = sample.peak as f64;
    bytes / f64::from(1 << 20)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::RefCell;
    use std::time::Duration;

    use super::*;

    #[test]
    fn contenders_take_turns() {
        let turns = RefCell::new(Vec::new());
        let contender = |name, milliseconds| {
            let turns = &turns;
            Contender::new(name, move || {
                turns.borrow_mut().push(name);
                let (wall, cpu) = (Duration::from_millis(milliseconds), Duration::ZERO);
                Ok(Sample { wall, cpu, peak: 3 << 20, exit: 0, said: String::new(), complained: String::new() })
            })
        };
        let contenders = [contender("a", 10), contender("b", 40)];
        let standings = contest(3, &contenders).unwrap();
        assert_eq!(*turns.borrow(), ["a", "b", "a", "b", "a", "b"]);
        let (a, b) = (standings.of("a").unwrap(), standings.of("b").unwrap());
        assert!((b.ratio_to(a, wall).unwrap().median - 4.0).abs() < 1e-9);
        assert!((a.figures(peak).unwrap().most - 3.0).abs() < 1e-9);
        assert_eq!(b.rounds(), 3);
        assert!(standings.of("c").is_err());
    }

    #[test]
    fn a_contender_that_fails_is_named() {
        let failing = Contender::new("a peer", || anyhow::bail!("it did half"));
        assert_eq!(format!("{:#}", contest(1, &[failing]).unwrap_err()), "a peer: it did half");
    }
}
