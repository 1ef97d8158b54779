//! The cPanel face: UAPI below `/execute/`, and API 2 at `/json-api/cpanel`.

use hyper::{Method, StatusCode};

use super::authentication::authenticate;
use super::elsewhere::elsewhere;
use super::seen::Seen;
use crate::api2;
use crate::http::{Reply, Request};
use crate::pages;
use crate::panel::Panel;
use crate::uapi::{Call, Envelope, run};

/// Answers a request. Without `apply` it is judged as ever, but nothing is changed.
pub(super) fn answer<'a>(panel: &'a Panel, request: &Request, apply: bool) -> Seen<'a> {
    let caller = match authenticate(panel, request) {
        Ok(caller) => caller,
        Err(stranger) => return stranger.turn_away(panel),
    };
    let user = Some(caller.account.name.as_str());
    let is_api2 = request.json_function() == Some("cpanel");
    if request.function().is_none() && !is_api2 {
        return Seen { reply: elsewhere(panel, &request.path, &["/json-api/", "/xml-api/"]), user };
    }
    if request.method != Method::GET && request.method != Method::POST {
        return Seen { reply: pages::error(StatusCode::METHOD_NOT_ALLOWED), user };
    }
    let call = Call {
        panel,
        account: caller.account,
        token: caller.token,
        arguments: &request.arguments,
        apply,
        connection: request.connection,
    };
    let reply = match request.function() {
        Some((module, function)) => {
            let envelope = Envelope::new(run(module, function, &call), call.language());
            Reply::json(&envelope.with(panel.behaviour().warnings))
        }
        None => Reply::json(&api2::answer(&call)),
    };
    Seen { reply, user }
}

#[cfg(test)]
mod tests;
