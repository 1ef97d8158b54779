//! The built programs against the rehearsal panel, a module a theme.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_answers;
mod certificates;
mod exit_codes;
mod harness;
mod options;
mod people;
mod terminal;
