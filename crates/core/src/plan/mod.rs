//! What would be changed and what cannot be, with reasons. A plan holds no password.

mod preflight;
mod rulings;

pub use preflight::{Facts, NotAsked, preflight};
pub use rulings::{Plan, plan};
