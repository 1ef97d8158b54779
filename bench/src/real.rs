//! Counts as numbers to reckon with.

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "nothing here is counted to 2^52")]
pub(crate) const fn real(count: u64) -> f64 {
    count as f64
}

/// The same of what the language counts.
pub(crate) const fn of_size(count: usize) -> f64 {
    real(count as u64)
}
