//! The doors of the panel; each turns a request into a reply.

mod authentication;
mod cpanel;

pub(crate) use authentication::complete;
pub(crate) use cpanel::{Seen, answer};
