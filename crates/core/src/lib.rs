//! Gives a whole list of cPanel mailboxes their new passwords: lists → calls → paced runs → honest outcomes.
//!
//! A row's journey is the order of the modules: [`list`] reads rows, [`entry`] holds what each was understood to be, [`api`]
//! asks the panel, [`report`] keeps what became of each. The core prints nothing, ends no process, asks no question, and reads
//! neither flags nor the environment.

pub mod account;
pub mod address;
pub mod api;
pub mod brake;
pub mod change;
pub mod entry;
pub mod event;
pub mod failpoint;
pub mod line;
pub mod list;
pub mod outcome;
pub mod pace;
pub mod paced;
pub mod place;
pub mod plan;
pub mod problem;
pub mod reason;
pub mod report;
pub mod retry;
pub mod run;
#[cfg(test)]
mod scripted;
pub mod selection;
pub mod summary;
pub mod target;
pub mod text;

/// A password or a token: wiped when dropped, never shown by `Debug`; [`ExposeSecret::expose_secret`] is the only way in.
pub use secrecy::{ExposeSecret, SecretString};
