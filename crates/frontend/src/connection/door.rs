//! Where calls go in, as far as the options say it.

use cprekey_core::api::Scope;
use cprekey_core::api::command::ExplainedRun;
use cprekey_core::api::https::{ExplainedRequest, Face};

/// Where calls go in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Door {
    /// A face of a panel, over HTTPS.
    Https(Face),
    /// This server's own programs.
    Local(Scope),
}

/// What one call would do, without a secret in it.
#[derive(Clone, Debug)]
pub enum Explanation {
    /// A request, with a token of this user's.
    Request {
        /// The face.
        face: Face,
        /// Whose token it is.
        user: String,
        /// The request.
        request: ExplainedRequest,
    },
    /// A run of one of this server's own programs.
    Run(ExplainedRun),
}
