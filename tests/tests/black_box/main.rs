//! The built programs against the rehearsal panel, a module a theme.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod any_password;
mod bad_answers;
mod bad_servers;
mod certificates;
mod corpus;
mod dead_tokens;
mod exit_codes;
mod harness;
mod hostile;
mod local;
mod logins;
mod many;
mod matrix;
mod network;
mod one_call;
mod options;
mod people;
mod repeats;
mod reports;
mod reset;
mod runs;
mod screens;
mod secrets;
mod server;
mod suspicious;
mod systematic;
mod terminal;
mod twelve_defects;
mod verifying;
mod waiting;
mod whm;
