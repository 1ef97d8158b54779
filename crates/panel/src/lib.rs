//! The rehearsal panel: answers as cPanel's HTTPS faces and its local programs do, over accounts of its own, on loopback only.
//!
//! It is written from what is publicly known about cPanel, and uses nothing of the programs that are tried against it.

mod access_log;
mod account_password;
mod api2;
mod args;
mod behaviour;
mod command_log;
mod config;
mod control;
mod counters;
mod desk;
pub mod dialogue;
mod ending;
mod faces;
mod functions;
mod http;
mod journal;
mod pages;
mod panel;
mod private_file;
mod program_settings;
mod programs;
mod ready;
mod rules;
mod server;
mod start;
mod state;
mod strength;
mod subject;
mod text;
mod tls;
mod uapi;
mod whm;

pub use args::Args;
pub use start::run;
