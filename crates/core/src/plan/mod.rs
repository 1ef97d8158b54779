//! What would be changed and what cannot be, with reasons. A plan holds no password.

mod domains;
mod facts;
mod inquiry;
mod mailboxes;
mod own;
mod owners;
mod preflight;
mod rulings;
mod server;
mod standpoint;

pub use facts::{Facts, Home, Standing};
pub use inquiry::NotAsked;
pub use owners::{Owner, Owners};
pub use preflight::preflight;
pub use rulings::{Plan, plan, plan_unasked, ruling_words};
pub use standpoint::Standpoint;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
