//! The cPanel face: UAPI below `/execute/`.

use hyper::{Method, StatusCode};

use super::authentication::authenticate;
use crate::http::{Reply, Request};
use crate::pages;
use crate::panel::Panel;
use crate::uapi::{Call, Envelope, run};

/// A reply, and whose request it answers.
pub(crate) struct Seen<'a> {
    /// The reply.
    pub(crate) reply: Reply,
    /// The account, when it was let in.
    pub(crate) user: Option<&'a str>,
}

/// Answers a request. Without `apply` it is judged as ever, but nothing is changed.
pub(crate) fn answer<'a>(panel: &'a Panel, request: &Request, apply: bool) -> Seen<'a> {
    if matches!(request.path.as_str(), "/login" | "/login/") {
        return Seen { reply: pages::login_page(), user: None };
    }
    let caller = match authenticate(panel, request) {
        Ok(caller) => caller,
        Err(stranger) => {
            panel.counters.denied();
            return Seen { reply: stranger.reply(panel.behaviour().denied), user: None };
        }
    };
    let user = Some(caller.account.name.as_str());
    let Some((module, function)) = request.function() else { return Seen { reply: elsewhere(&request.path), user } };
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
    let reply =
        Reply::json(&Envelope::new(run(module, function, &call), call.language()).with(panel.behaviour().warnings));
    Seen { reply, user }
}

/// WHM's functions are known here only as something that is not permitted; anything else is not there.
fn elsewhere(path: &str) -> Reply {
    if path.starts_with("/json-api/") || path.starts_with("/xml-api/") {
        return pages::forbidden("Permission denied");
    }
    pages::error(StatusCode::NOT_FOUND)
}

#[cfg(test)]
mod tests;
