//! The rehearsal panel: answers as cPanel's HTTPS faces do, over accounts of its own, on loopback only.
//!
//! It is written from what is publicly known about cPanel, and uses nothing of the programs that are tried against it.

mod access_log;
mod account_password;
mod api2;
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
mod subject;
mod text;
mod tls;
mod uapi;
mod whm;

pub use args::Args;
pub use start::run;
