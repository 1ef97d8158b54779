//! The built programs against the rehearsal panel, a module a theme.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod harness;
mod reports;
mod reset;
mod twelve_defects;
mod waiting;
