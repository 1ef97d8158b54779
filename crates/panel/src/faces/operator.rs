//! Who is calling at the WHM face: root or a reseller, with a token.

use jiff::Timestamp;

use super::stranger::Stranger;
use crate::http::Request;
use crate::panel::Panel;
use crate::state::{Operator, Token};

/// The caller of a request to the WHM face, and its token. The scheme is compared without case; neither an account's
/// token nor a password opens anything here.
///
/// # Errors
///
/// When the token does not hold.
pub(super) fn authenticate<'a>(panel: &'a Panel, request: &Request) -> Result<(&'a Operator, &'a Token), Stranger> {
    let header = request.authorization.as_deref().ok_or(Stranger::Denied)?;
    let (scheme, credential) = header.split_once(' ').ok_or(Stranger::Denied)?;
    if !scheme.eq_ignore_ascii_case("whm") {
        return Err(Stranger::Denied);
    }
    let (user, secret) = credential.trim().split_once(':').ok_or(Stranger::Denied)?;
    let operator = panel.operators.named(user).ok_or(Stranger::Denied)?;
    let token = operator.tokens.iter().find(|token| token.matches(secret)).ok_or(Stranger::Denied)?;
    if token.is_live(Timestamp::now().as_second()) && panel.admit() {
        Ok((operator, token))
    } else {
        Err(Stranger::Denied)
    }
}
