//! What a face makes of a request.

use crate::http::Reply;

/// A reply, and whose request it answers.
pub(crate) struct Seen<'a> {
    /// The reply.
    pub(crate) reply: Reply,
    /// The user, when it was let in.
    pub(crate) user: Option<&'a str>,
}
