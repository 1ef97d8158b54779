//! The WHM face: WHM API 1 below `/json-api/`.

use hyper::{Method, StatusCode};

use super::elsewhere::elsewhere;
use super::operator::authenticate;
use super::seen::Seen;
use crate::http::{Reply, Request};
use crate::pages;
use crate::panel::Panel;
use crate::whm::{WhmCall, run};

/// Answers a request. Without `apply` it is judged as ever, but nothing is changed.
pub(super) fn answer<'a>(panel: &'a Panel, request: &Request, apply: bool) -> Seen<'a> {
    let (operator, token) = match authenticate(panel, request) {
        Ok(caller) => caller,
        Err(stranger) => return stranger.turn_away(panel),
    };
    let user = Some(operator.name.as_str());
    let Some(function) = request.json_function() else {
        return Seen { reply: elsewhere(panel, &request.path, &["/execute/"]), user };
    };
    if request.method != Method::GET && request.method != Method::POST {
        return Seen { reply: pages::error(StatusCode::METHOD_NOT_ALLOWED), user };
    }
    let (arguments, connection) = (&request.arguments, request.connection);
    let call = WhmCall { panel, operator, token: Some(token), arguments, apply, connection };
    Seen { reply: Reply::json(&run(function, &call)), user }
}

#[cfg(test)]
mod tests;
