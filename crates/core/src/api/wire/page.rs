//! Pages where an envelope should be: a login page is a refused credential, any other page makes no sense.

use super::super::fault::Fault;
use super::json;

/// What only a page that asks for a login holds, and what that says. The first is the two-factor marker that cPanel's
/// open Perl clients look for; the others stand in the login pages of cPanel, WHM and Webmail.
const LOGIN_MARKERS: &[(&str, &str)] = &[
    ("tfa_login_form", "it answers with a page that asks for a second factor: use an API token"),
    ("<title>cpanel login", "it answers with its login page: check the user and the token"),
    ("<title>whm login", "it answers with WHM's login page: check the port, the user and the token"),
    ("<title>webmail login", "it answers with Webmail's login page: check the port"),
    ("login_form", "it answers with a login page: check the user and the token"),
    ("action=\"/login", "it answers with a login page: check the user and the token"),
    ("type=\"password\"", "it answers with a login page: check the user and the token"),
];

/// Whether a body is a page, by what the server calls it or by how it begins.
pub(super) fn is_page(content_type: Option<&str>, body: &[u8]) -> bool {
    content_type.is_some_and(says_html) || json::trim(body).first() == Some(&b'<')
}

/// Whether the server calls what it sends a page.
pub(in super::super) fn says_html(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("text/html") || essence.eq_ignore_ascii_case("application/xhtml+xml")
}

/// What a page stands for.
pub(super) fn fault(body: &[u8]) -> Fault {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    match LOGIN_MARKERS.iter().find(|(marker, _)| text.contains(marker)) {
        Some((_, words)) => Fault::denied(*words),
        None => Fault::unusable(
            "it is a web page, not the panel's API: is it the right host and port, and is nothing in between?",
        ),
    }
}
