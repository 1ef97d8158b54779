//! What is answered, before it is decided how it goes out.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use serde::Serialize;

/// The type of API answers.
const JSON: &str = "application/json; charset=\"utf-8\"";

/// The type of pages.
const HTML: &str = "text/html; charset=\"utf-8\"";

/// A status, some headers and a body.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: StatusCode,
    /// The words after the status, where they are not the usual ones.
    pub(crate) reason: Option<&'static str>,
    /// The headers, beside those that follow from the body.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub(crate) body: Bytes,
    /// Whether the connection is closed afterwards.
    pub(crate) close: bool,
}

impl Reply {
    /// A reply with a body of the given type.
    pub(crate) fn new(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let headers = vec![(hyper::header::CONTENT_TYPE, HeaderValue::from_static(content_type))];
        Self { status, reason: None, headers, body: body.into(), close: false }
    }

    /// A page.
    pub(crate) fn html(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, HTML, body)
    }

    /// A JSON body under status 200.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::new(StatusCode::OK, JSON, body),
            Err(_) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, JSON, Bytes::new()),
        }
    }

    /// The same reply with one more header; a value that cannot be one is left out.
    #[must_use]
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.retain(|(there, _)| *there != name);
            self.headers.push((name, value));
        }
        self
    }

    /// The same reply, after which the connection is closed.
    #[must_use]
    pub(crate) fn closing(mut self) -> Self {
        self.close = true;
        self
    }

    /// The same reply under another status.
    #[must_use]
    pub(crate) fn under(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}
