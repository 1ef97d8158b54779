//! Calls through the server's own programs `uapi`, `cpapi2` and `whmapi1`: the only place that starts a process.
//!
//! [`CommandPanel`] starts one program for each call: by its absolute path, without a shell, with a cleared environment, in a process
//! group of its own, and with a deadline. No secret stands in its arguments or its environment, unless the user has allowed that where
//! nothing else would do. What it printed is judged by the envelope alone: these programs end with 0 whatever came of the call.

mod arguments;
mod channel;
mod child;
mod error;
mod explain;
mod group;
mod leftovers;
mod panel;
mod plan;
mod printed;
mod private_file;
mod probe;
mod program;
mod route;
mod settings;
mod trusted;

pub use error::CommandError;
pub use explain::ExplainedRun;
pub use panel::CommandPanel;
pub use program::Program;
pub use settings::CommandSettings;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
