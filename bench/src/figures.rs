//! What some measurements of one thing come to.

use anyhow::{Context as _, Result};

/// The median of some figures, and between which they lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figures {
    /// The one in the middle, or between the two that are.
    pub(crate) median: f64,
    /// The least of them.
    pub(crate) least: f64,
    /// The greatest of them.
    pub(crate) most: f64,
}

impl Figures {
    /// What these come to.
    ///
    /// # Errors
    ///
    /// Where there are none.
    pub(crate) fn of(figures: &[f64]) -> Result<Self> {
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (sorted.first(), sorted.last());
        let (least, most) = least.zip(most).context("nothing was measured")?;
        let half = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) };
        Ok(Self { median, least: *least, most: *most })
    }

    /// What the ratios come to of figures that were measured side by side. Where one has more than the other, the rest of them has no pair.
    ///
    /// # Errors
    ///
    /// Where there is no pair.
    pub(crate) fn of_ratios(these: &[f64], to_those: &[f64]) -> Result<Self> {
        let ratios: Vec<_> = these.iter().zip(to_those).map(|(this, that)| this / that).collect();
        Self::of(&ratios)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_between_the_least_and_the_most() {
        assert_eq!(Figures::of(&[3.0, 1.0, 2.0]).unwrap(), Figures { median: 2.0, least: 1.0, most: 3.0 });
        assert_eq!(Figures::of(&[4.0, 1.0, 2.0, 3.0]).unwrap(), Figures { median: 2.5, least: 1.0, most: 4.0 });
        assert_eq!(Figures::of(&[7.0]).unwrap(), Figures { median: 7.0, least: 7.0, most: 7.0 });
        assert!(Figures::of(&[]).is_err());
    }

    #[test]
    fn ratios_are_of_pairs() {
        // Whatever slows the machine down for a while slows down both.
        let ratios = Figures::of_ratios(&[2.0, 20.0, 4.0, 9.0], &[1.0, 10.0, 1.0]).unwrap();
        assert_eq!(ratios, Figures { median: 2.0, least: 2.0, most: 4.0 });
        assert!(Figures::of_ratios(&[1.0], &[]).is_err());
    }
}
