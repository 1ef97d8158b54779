//! The rehearsal panel: answers as cPanel's HTTPS face does, over accounts of its own, on loopback only.
//!
//! It is written from what is publicly known about cPanel, and uses nothing of the programs that are tried against it.

mod access_log;
mod args;
mod behaviour;
mod config;
mod control;
mod counters;
mod desk;
mod ending;
mod faces;
mod functions;
mod http;
mod journal;
mod pages;
mod panel;
mod ready;
mod rules;
mod server;
mod start;
mod state;
mod strength;
mod text;
mod tls;
mod uapi;

pub use args::Args;
pub use start::run;
