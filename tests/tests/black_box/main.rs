//! The built programs against the rehearsal panel, a module a theme.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_password;
mod dead_tokens;
mod harness;
mod many;
mod repeats;
mod reports;
mod reset;
mod twelve_defects;
mod waiting;
