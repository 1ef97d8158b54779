//! Which face answers.

use super::seen::Seen;
use super::{cpanel, whm};
use crate::http::Request;
use crate::panel::Panel;
use crate::subject::Face;

/// Answers a request to the face. Without `apply` it is judged as ever, but nothing is changed.
pub(crate) fn answer<'a>(face: Face, panel: &'a Panel, request: &Request, apply: bool) -> Seen<'a> {
    match face {
        Face::Cpanel => cpanel::answer(panel, request, apply),
        Face::Whm => whm::answer(panel, request, apply),
    }
}
