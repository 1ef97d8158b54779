//! What came back over HTTP.

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
