//! In which envelope the answer to a call comes.

use super::super::call::{Api, Call};
use super::row;

/// The face where UAPI and cPanel API 2 are at home, in words.
pub(super) const CPANEL_FACE: &str = "the cPanel face, usually 2083";

/// The face where WHM API 1 is at home, in words.
pub(super) const WHM_FACE: &str = "the WHM face, usually 2087";

/// In which envelope an answer comes: by the API that the function is of, and by what carried the call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// UAPI's own, flat or nested.
    Uapi,
    /// cPanel API 2's own, below `cpanelresult`.
    Api2,
    /// WHM API 1's own.
    Whm1,
    /// UAPI's below `data.uapi` of an answer of WHM API 1's function `uapi_cpanel`; both have a verdict.
    UapiThroughWhm,
    /// cPanel API 2's own, as WHM API 1's function `cpanel` passes it on, or what that says in its place.
    Api2ThroughWhm,
}

impl Shape {
    /// The shape where a function is called where its API is at home.
    #[must_use]
    pub const fn direct(api: Api) -> Self {
        match api {
            Api::Uapi => Self::Uapi,
            Api::Api2 => Self::Api2,
            Api::Whm1 => Self::Whm1,
        }
    }

    /// The shape where WHM API 1 calls the function on behalf of an account.
    #[must_use]
    pub const fn through_whm(api: Api) -> Self {
        match api {
            Api::Uapi => Self::UapiThroughWhm,
            Api::Api2 => Self::Api2ThroughWhm,
            Api::Whm1 => Self::Whm1,
        }
    }
}

/// What is expected of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Expected {
    /// Its shape.
    pub shape: Shape,
    /// Whether the answer keeps the envelope as it came.
    pub keeps_envelope: bool,
    /// Whether the function is one of cPanel API 2 whose first row of data says if the work was done. In the rows of any other a `status`
    /// or a `result` is a thing that is listed.
    pub row_decides: bool,
}

impl Expected {
    /// What is expected of the answer to a call that comes in this shape.
    #[must_use]
    pub fn of(call: &Call<'_>, shape: Shape) -> Self {
        Self { shape, keeps_envelope: call.keeps_envelope, row_decides: row::decides(call) }
    }
}
