//! What every cprekey program needs and the core must not know: exit codes, credentials, profiles, connections, signals.

pub mod connection;
pub mod console;
pub mod exit;
pub mod failpoints;
pub mod failure;
pub mod hardening;
mod held_signals;
pub mod memory;
pub mod panics;
pub mod profile;
pub mod runtime;
pub mod signals;
pub mod state;
pub mod terminal;
pub mod token;
pub mod typed;
