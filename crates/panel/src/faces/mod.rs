//! The doors of the panel; each turns a request into a reply.

mod authentication;
mod complete;
mod cpanel;
mod door;
mod elsewhere;
mod operator;
mod seen;
mod stranger;
mod whm;

pub(crate) use complete::complete;
pub(crate) use door::answer;
pub(crate) use seen::Seen;
