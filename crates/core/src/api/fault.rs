//! Why there is no usable answer to a call.

use std::time::Duration;

use thiserror::Error;

/// Why there is no usable answer to a call. No variant holds a secret, a URL or an answer's body.
#[derive(Clone, Debug, Error)]
pub enum Fault {
    /// This way to the panel cannot make this call; nothing was sent.
    #[error("this call cannot be made: {detail}")]
    Unsupported {
        /// Why, and what would help.
        detail: String,
    },
    /// No connection came about (name not found, refused, timed out); nothing was sent.
    #[error("the panel cannot be reached: {detail}")]
    Unreachable {
        /// What the system said.
        detail: String,
    },
    /// The certificate is not trusted; nothing was sent.
    #[error("the panel's certificate is not trusted: {detail}")]
    Untrusted {
        /// What is wrong with it.
        detail: String,
        /// What the user can do, among it the `--pin` that would accept it.
        remedy: String,
    },
    /// The credential was refused, in one of the shapes that panels use for that: 401, 403, a login page, a redirect.
    #[error("the panel did not let us in: {detail}")]
    Denied {
        /// Which shape it was.
        detail: String,
    },
    /// 429 or 503: too much to do.
    #[error("the panel is busy (HTTP {status})")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// How long the panel asks us to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// Another 5xx status, after the request was sent.
    #[error("the server failed (HTTP {status})")]
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// No whole answer came in time, after the request was sent.
    #[error("no answer within {} s", .after.as_secs_f64())]
    Timeout {
        /// The time that was given.
        after: Duration,
    },
    /// The connection broke when the request may have been sent.
    #[error("the connection broke: {detail}")]
    Lost {
        /// What the system said.
        detail: String,
    },
    /// An answer came and makes no sense.
    #[error("the answer makes no sense: {detail}")]
    Unusable {
        /// What is wrong with it, without its content.
        detail: String,
    },
}

impl Fault {
    /// An answer that makes no sense, for this reason; the reason never quotes the answer.
    pub(crate) fn unusable(detail: impl Into<String>) -> Self {
        Self::Unusable { detail: detail.into() }
    }

    /// A call that this way to the panel cannot make, for this reason.
    pub(crate) fn unsupported(detail: impl Into<String>) -> Self {
        Self::Unsupported { detail: detail.into() }
    }

    /// A refused credential, in this shape.
    pub(crate) fn denied(detail: impl Into<String>) -> Self {
        Self::Denied { detail: detail.into() }
    }

    /// Whether the panel may have done what the call asks, so that nobody can say "not changed".
    #[must_use]
    pub const fn may_have_acted(&self) -> bool {
        match self {
            Self::Unsupported { .. }
            | Self::Unreachable { .. }
            | Self::Untrusted { .. }
            | Self::Denied { .. }
            | Self::Busy { status: 429, .. } => false,
            Self::Busy { .. }
            | Self::ServerError { .. }
            | Self::Timeout { .. }
            | Self::Lost { .. }
            | Self::Unusable { .. } => true,
        }
    }
}
