//! When requests arrived, and what that says of a pace. Pure.

use crate::real::{of_size, real};

/// The microseconds of a second.
const SECOND: u64 = 1_000_000;

/// The moments at which requests arrived, in microseconds and in their order.
#[derive(Debug)]
pub(crate) struct Arrivals(Vec<u64>);

impl Arrivals {
    /// Puts moments in their order.
    pub(crate) fn new(mut moments: Vec<u64>) -> Self {
        moments.sort_unstable();
        Self(moments)
    }

    /// The seconds from the first to the last.
    pub(crate) fn span(&self) -> f64 {
        match self.0.as_slice() {
            [first, .., last] => seconds(last - first),
            _ => 0.0,
        }
    }

    /// How many come in a second, counted by the gaps between those that are more than a second behind the first; nothing where those are fewer
    /// than two.
    pub(crate) fn steady_rate(&self) -> Option<f64> {
        let start = self.0.first()? + SECOND;
        let late = self.0.partition_point(|moment| *moment < start);
        rate(&self.0[late..])
    }

    /// The same of all of them.
    pub(crate) fn rate(&self) -> Option<f64> {
        rate(&self.0)
    }

    /// The most that lie within one second, wherever it begins.
    pub(crate) fn busiest_second(&self) -> usize {
        let mut first = 0;
        let mut most = 0;
        for (index, moment) in self.0.iter().enumerate() {
            while self.0[first] + SECOND <= *moment {
                first += 1;
            }
            most = most.max(index - first + 1);
        }
        most
    }
}

fn rate(moments: &[u64]) -> Option<f64> {
    let (first, last) = (moments.first()?, moments.last()?);
    (last > first).then(|| of_size(moments.len() - 1) / seconds(last - first))
}

fn seconds(microseconds: u64) -> f64 {
    real(microseconds) / real(SECOND)
}

/// How far the least of some counts falls short of the greatest, as a share of that. Counts that differ by one at most are even: what is left over
/// goes to somebody.
pub(crate) fn unevenness(counts: &[u64]) -> f64 {
    let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max()) else { return 0.0 };
    if most - least <= 1 { 0.0 } else { real(most - least) / real(*most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(gap: u64, count: u64) -> Vec<u64> {
        (0..count).map(|number| 7 + number * gap).collect()
    }

    fn near(value: Option<f64>, expected: f64) -> bool {
        value.is_some_and(|value| (value - expected).abs() < 1e-9)
    }

    #[test]
    fn an_even_pace_has_its_rate_in_every_second() {
        let arrivals = Arrivals::new(every(20_000, 500));
        assert!(near(arrivals.steady_rate(), 50.0) && near(arrivals.rate(), 50.0));
        assert_eq!(arrivals.busiest_second(), 50);
        assert!(near(Some(arrivals.span()), 9.98));
    }

    #[test]
    fn a_burst_at_the_beginning_is_in_the_busiest_second_and_not_in_the_steady_rate() {
        let mut moments = every(100_000, 100);
        moments.extend([8, 9, 10]);
        let arrivals = Arrivals::new(moments);
        assert!(near(arrivals.steady_rate(), 10.0) && arrivals.rate().is_some_and(|rate| rate > 10.2));
        assert_eq!(arrivals.busiest_second(), 13);
    }

    #[test]
    fn the_busiest_second_may_begin_anywhere() {
        let moments = [0, 900_000, 1_100_000, 1_200_000, 1_899_999, 1_900_000, 5_000_000];
        assert_eq!(Arrivals::new(moments.to_vec()).busiest_second(), 4);
    }

    #[test]
    fn few_arrivals_have_no_rate() {
        for moments in [vec![], vec![5], vec![5, 5], vec![0, 10, 1_500_000]] {
            let arrivals = Arrivals::new(moments);
            assert_eq!(arrivals.steady_rate(), None, "{arrivals:?}");
        }
        assert_eq!(Arrivals::new(vec![]).busiest_second(), 0);
    }

    #[test]
    fn one_more_or_less_is_even() {
        for (counts, expected) in
            [(vec![], 0.0), (vec![7, 8, 7], 0.0), (vec![100, 90, 95], 0.1), (vec![0, 2], 1.0), (vec![0, 0], 0.0)]
        {
            assert!((unevenness(&counts) - expected).abs() < 1e-9, "{counts:?}");
        }
    }
}
