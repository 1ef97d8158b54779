//! No secret anywhere: every way by which a password or a token may get out of a run is searched, in whatever form, and so are programs
//! that leak on purpose, of which each must be found.
//!
//! `cargo xtask secret-scan` builds what this needs, runs it, and says the sum. It runs as root alone, because what strace is to see of a
//! program that shuts others out is for root's eyes.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod allowed;
mod detectors;
mod finding;
mod ground;
mod planted;
mod quoted;
mod runs;
mod tally;
mod terminal;
mod trace;
mod watch;
mod xlsb;
