//! Where a curve of sizes and what they bring has its knee. Pure.
//!
//! The knee is the measured point that lies farthest above the straight line from the first point to the last, both axes scaled to what was
//! measured: before it a greater size brings more than it does on the average, behind it less.

/// What one size brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// The size.
    pub(crate) size: f64,
    /// What it brings, such as rows a second.
    pub(crate) gain: f64,
}

/// How far the curve rises above its chord at each of its points, as a share of the whole rise; nothing where there is no rise, or no room for a
/// knee. The points stand in the order of their sizes.
pub(crate) fn rises(curve: &[Point]) -> Option<Vec<f64>> {
    let [first, _, .., last] = curve else { return None };
    let (width, height) = (last.size - first.size, last.gain - first.gain);
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    let rise = |point: &Point| (point.gain - first.gain) / height - (point.size - first.size) / width;
    Some(curve.iter().map(rise).collect())
}

/// The place of the knee in the curve; nothing where the curve does not bend that way.
pub(crate) fn knee(curve: &[Point]) -> Option<usize> {
    let rises = rises(curve)?;
    let (place, rise) = rises.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    (*rise > 1e-9).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(gain: impl Fn(f64) -> f64, sizes: &[f64]) -> Vec<Point> {
        sizes.iter().map(|&size| Point { size, gain: gain(size) }).collect()
    }

    const SIZES: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0];

    #[test]
    fn a_saturating_curve_has_its_knee_where_its_slope_is_that_of_the_chord() {
        // Of `s / (150 + 20 s)` from 1 to 100 that is at 22.7.
        let knee = knee(&curve(|size| size / (150.0 + 20.0 * size), &SIZES));
        assert_eq!(knee.map(|place| SIZES[place]), Some(25.0));
    }

    #[test]
    fn a_straight_or_hollow_or_falling_curve_has_none() {
        assert_eq!(knee(&curve(|size| 3.0 * size, &SIZES)), None);
        assert_eq!(knee(&curve(|size| size * size, &SIZES)), None);
        assert_eq!(knee(&curve(|size| -size, &SIZES)), None);
        assert_eq!(knee(&curve(f64::sqrt, &SIZES[..2])), None);
    }

    #[test]
    fn a_corner_is_the_knee() {
        let knee = knee(&curve(|size| size.min(10.0), &SIZES));
        assert_eq!(knee.map(|place| SIZES[place]), Some(10.0));
    }
}
