//! What came back over HTTP, and the order in which it is judged: status, then page, then envelope.

use std::time::SystemTime;

use super::super::answer::Answer;
use super::super::fault::Fault;
use super::{page, status, uapi};

/// An HTTP response, as far as its meaning depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The `Location` header, where the status is a redirect.
    pub location: Option<&'a str>,
    /// The `Retry-After` header.
    pub retry_after: Option<&'a str>,
    /// The whole decoded body.
    pub body: &'a [u8],
}

/// What a panel's response to a UAPI call means; `now` is for a `Retry-After` that names a date.
///
/// # Errors
///
/// Gives the [`Fault`] that the response stands for, where it is not an envelope with an explicit verdict.
pub fn decode(reply: &Reply<'_>, now: SystemTime) -> Result<Answer, Fault> {
    if let Some(fault) = status::fault(reply.status, reply.location, reply.retry_after, now) {
        return Err(fault);
    }
    if page::is_page(reply.content_type, reply.body) {
        return Err(page::fault(reply.body));
    }
    uapi::envelope(reply.body)
}
