//! The envelopes exactly as panels send them, and what they mean.
//!
//! Nothing here knows a transport: [`decode`] judges what came over HTTP, [`envelope`] what a local program printed.
//! Success is read from an explicit yes alone; every shape that is not known is a [`Fault`](super::fault::Fault).

mod api2;
mod json;
mod page;
mod reply;
mod retry_after;
mod status;
mod texts;
mod uapi;
mod verdict;

pub use reply::{Reply, decode};
pub use uapi::envelope;

#[cfg(test)]
mod tests;
