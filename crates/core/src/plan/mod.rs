//! What would be changed and what cannot be, with reasons. A plan holds no password.

mod preflight;
mod rulings;

pub use preflight::{Facts, NotAsked, Standing, preflight};
pub use rulings::{Plan, plan};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
