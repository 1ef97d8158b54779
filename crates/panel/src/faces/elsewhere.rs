//! What is answered to a path that is none of the face's functions.

use hyper::StatusCode;

use crate::behaviour::WrongFace;
use crate::http::Reply;
use crate::pages;
use crate::panel::Panel;

/// The functions of the other face, which begin with one of `foreign`, are known only as something that is not permitted, or not at all, as the panel is
/// set (cPanel documentation, Guide to API Authentication, promises one of the two); anything else is not there.
pub(super) fn elsewhere(panel: &Panel, path: &str, foreign: &[&str]) -> Reply {
    let is_foreign = foreign.iter().any(|api| path.starts_with(api));
    if is_foreign && panel.behaviour().wrong_face == WrongFace::Forbidden {
        return pages::forbidden("Permission denied");
    }
    pages::error(StatusCode::NOT_FOUND)
}
