//! The envelopes exactly as panels send them, and what they mean.
//!
//! Nothing here knows a transport: [`decode`] judges what came over HTTP, [`envelope`] what a local program printed.
//! Success is read from an explicit yes alone; every shape that is not known is a [`Fault`](super::fault::Fault).

mod api2;
mod decode;
mod denied;
mod envelope;
mod json;
mod page;
mod reply;
mod retry_after;
mod row;
mod services;
mod shape;
mod status;
mod texts;
mod top;
mod uapi;
mod verdict;
mod whm;

pub use decode::decode;
pub use envelope::envelope;
pub(super) use page::says_html;
pub use reply::Reply;
pub use shape::{Expected, Shape};

#[cfg(test)]
mod tests;
