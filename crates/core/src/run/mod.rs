//! One execution of a plan, or of a verification of its rows: every row gets an outcome, whatever happens.

mod ahead;
mod beginning;
mod floor;
mod id;
mod keeping;
mod logins;
mod proof;
mod question;
mod settings;
mod single;
mod stop;
mod taken;
mod taking;
mod together;
mod untold;
mod verdict;
mod verification;
mod work;

pub use id::run_id;
pub use settings::{RunSettings, Verify};
pub use stop::{MaxFailures, MaxFailuresError};
pub use work::{run, verify};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
