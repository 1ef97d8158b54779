//! The answers of somebody at the door: denials, login pages and redirects.

use hyper::StatusCode;
use hyper::header::LOCATION;

use crate::http::Reply;

/// A denial has the form of cPanel API 2 whatever API was called, with its verdict as text.
const FORBIDDEN_TYPE: &str = "text/plain; charset=\"utf-8\"";

const LOGIN_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\"><head><title>cPanel Login</title></head>\n\
    <body><form id=\"login_form\" action=\"/login/\" method=\"post\">\n\
    <input name=\"user\" id=\"user\"><input name=\"pass\" id=\"pass\" type=\"password\">\n\
    <button type=\"submit\">Log in</button></form></body></html>\n";

const TFA_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Two-Factor Authentication</title></head>\n\
    <body><form id=\"tfa_login_form\" action=\"/login/\" method=\"post\"><input name=\"tfa_token\"></form></body></html>\n";

const ERROR_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Error</title></head>\
    <body><h1>The server cannot answer this request.</h1></body></html>\n";

/// 403 with a body that says why, after which the connection is closed.
pub(crate) fn forbidden(why: &str) -> Reply {
    let body = format!(
        "{{\"cpanelresult\":{{\"apiversion\":\"2\",\"error\":\"{why}\",\
         \"data\":{{\"reason\":\"{why}\",\"result\":\"0\"}},\"type\":\"text\"}}}}"
    );
    let mut reply = Reply::new(StatusCode::FORBIDDEN, FORBIDDEN_TYPE, body).closing();
    reply.reason = Some("Forbidden Access denied");
    reply
}

/// The login page under 401.
pub(crate) fn unauthorized() -> Reply {
    Reply::html(StatusCode::UNAUTHORIZED, LOGIN_PAGE).closing()
}

/// The login page under 200.
pub(crate) fn login_page() -> Reply {
    Reply::html(StatusCode::OK, LOGIN_PAGE)
}

/// The page that asks for a second factor, under 200.
pub(crate) fn second_factor() -> Reply {
    Reply::html(StatusCode::OK, TFA_PAGE)
}

/// A redirect to `location`.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Reply {
    Reply::html(status, ERROR_PAGE).with(LOCATION, location)
}

/// A page for an error outside of any API.
pub(crate) fn error(status: StatusCode) -> Reply {
    Reply::html(status, ERROR_PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_has_text_where_one_expects_numbers() {
        let body: serde_json::Value = serde_json::from_slice(&forbidden("Access denied").body).unwrap_or_default();
        let expected = serde_json::json!({"cpanelresult": {"apiversion": "2", "error": "Access denied",
            "data": {"reason": "Access denied", "result": "0"}, "type": "text"}});
        assert_eq!(body, expected);
    }
}
