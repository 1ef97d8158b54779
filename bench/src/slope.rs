//! How straight something grows. Pure.

/// What so many of something cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// How many.
    pub(crate) count: f64,
    /// What they cost together.
    pub(crate) cost: f64,
}

/// What one more costs, between each two neighbours: what they cost alike, such as a start, falls out.
pub(crate) fn slopes(costs: &[Cost]) -> Vec<f64> {
    costs.windows(2).map(|pair| (pair[1].cost - pair[0].cost) / (pair[1].count - pair[0].count)).collect()
}

/// By how much the slope changes from each step to the next, as a share of the one before: 0 on a straight line, negative where it falls.
pub(crate) fn bends(costs: &[Cost]) -> Vec<f64> {
    slopes(costs).windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(of: impl Fn(f64) -> f64, counts: &[f64]) -> Vec<Cost> {
        counts.iter().map(|&count| Cost { count, cost: of(count) }).collect()
    }

    const DECADES: [f64; 4] = [1e3, 1e4, 1e5, 1e6];

    #[test]
    fn a_straight_line_does_not_bend_whatever_it_starts_from() {
        let line = costs(|count| 5_000.0 + 3.0 * count, &DECADES);
        assert!(slopes(&line).iter().all(|slope| (slope - 3.0).abs() < 1e-9));
        let bends = bends(&line);
        assert!(bends.len() == 2 && bends.iter().all(|bend| bend.abs() < 1e-9), "{bends:?}");
    }

    #[test]
    fn every_change_of_slope_is_told_up_or_down() {
        let points = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.2), (4.0, 3.4)];
        let bends = bends(&points.map(|(count, cost)| Cost { count, cost }));
        let expected = [0.2, -0.5];
        assert!(bends.iter().zip(expected).all(|(bend, expected)| (bend - expected).abs() < 1e-9), "{bends:?}");
    }

    #[test]
    fn what_grows_faster_than_it_should_bends_up() {
        assert!(bends(&costs(|count| count * count.log2(), &DECADES)).iter().all(|&bend| bend > 0.1));
    }

    #[test]
    fn two_points_have_no_bend() {
        assert!(bends(&costs(|count| count, &DECADES[..2])).is_empty());
    }
}
