//! The local programs `uapi`, `cpapi2` and `whmapi1`: what the panel makes of a call by one of them.

mod act;
mod call;
mod caller;
mod command_line;
mod complaint;
mod conversation;
mod desk;
mod fields;
mod finish;
mod folder;
mod output;
mod server;
mod usage;
mod verdict;
mod yaml;

pub(crate) use server::{Programs, serve_programs};
