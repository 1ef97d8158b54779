//! What a response over HTTP means, in the order in which it is judged: status, then page, then envelope.

use std::time::SystemTime;

use super::super::answer::Answer;
use super::super::fault::Fault;
use super::envelope::envelope;
use super::reply::Reply;
use super::shape::Expected;
use super::{page, status};

/// What a panel's response to a call means; `now` is for a `Retry-After` that names a date.
///
/// # Errors
///
/// Gives the [`Fault`] that the response stands for, where it is not an envelope with an explicit verdict.
pub fn decode(reply: &Reply<'_>, expected: Expected, now: SystemTime) -> Result<Answer, Fault> {
    if let Some(fault) = status::fault(reply, expected.shape, now) {
        return Err(fault);
    }
    if page::is_page(reply.content_type, reply.body) {
        return Err(page::fault(reply.body));
    }
    envelope(reply.body, expected)
}
