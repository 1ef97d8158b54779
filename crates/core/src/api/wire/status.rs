//! What an HTTP status other than 2xx means.
//!
//! All operations in cPanel's published description answer 200, application failures included (cPanel `OpenAPI`
//! description), so any other status comes from the login layer, the web server or something in between.

use std::time::SystemTime;

use super::super::fault::Fault;
use super::reply::Reply;
use super::retry_after;
use super::shape::{CPANEL_FACE, Shape, WHM_FACE};

/// The fault that a status other than 2xx stands for.
pub(super) fn fault(reply: &Reply<'_>, shape: Shape, now: SystemTime) -> Option<Fault> {
    let status = reply.status;
    Some(match status {
        200..=299 => return None,
        300..=399 => Fault::denied(format!("it answers with a redirect (HTTP {status}) {}", whither(reply.location))),
        401 | 403 => Fault::denied(format!(
            "it refuses the credential (HTTP {status}): check the user, the token, and that the token has not expired"
        )),
        404 | 405 => Fault::unusable(not_at_home(status, shape)),
        429 | 503 => {
            Fault::Busy { status, retry_after: reply.retry_after.and_then(|value| retry_after::parse(value, now)) }
        }
        500.. => Fault::ServerError { status },
        _ => Fault::unusable(format!("the server did not understand the request (HTTP {status})")),
    })
}

fn not_at_home(status: u16, shape: Shape) -> String {
    let (api, home) = match shape {
        Shape::Uapi => ("UAPI", CPANEL_FACE),
        Shape::Api2 => ("cPanel API 2", CPANEL_FACE),
        Shape::Whm1 | Shape::UapiThroughWhm | Shape::Api2ThroughWhm => ("WHM API 1", WHM_FACE),
    };
    format!("there is no {api} at this address (HTTP {status}): is it the port of {home}?")
}

/// Where a redirect leads, in words that give nothing of its URL away.
fn whither(location: Option<&str>) -> &'static str {
    match location.map(str::to_ascii_lowercase) {
        None => "to nowhere",
        Some(target) if target.contains("/login") || target.contains("/logout") => "to a login page",
        Some(target) if target.starts_with("http://") => "to an address without encryption",
        Some(target) if target.contains("://") || target.starts_with("//") => "to another address",
        Some(_) => "to another page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16) -> Reply<'static> {
        Reply { status, content_type: None, location: None, retry_after: None, body: b"" }
    }

    fn judged(reply: Reply<'_>) -> Option<Fault> {
        fault(&reply, Shape::Uapi, SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn the_wrong_face_is_told_by_the_right_port() {
        for (shape, port) in [
            (Shape::Uapi, "2083"),
            (Shape::Api2, "2083"),
            (Shape::Whm1, "2087"),
            (Shape::UapiThroughWhm, "2087"),
            (Shape::Api2ThroughWhm, "2087"),
        ] {
            for status in [404, 405] {
                let fault = fault(&reply(status), shape, SystemTime::UNIX_EPOCH);
                let Some(Fault::Unusable { detail }) = fault else { unreachable!("{fault:?}") };
                assert!(detail.contains(port), "{shape:?}: {detail}");
            }
        }
    }

    #[test]
    fn a_redirect_names_where_it_leads_and_not_the_url() {
        for (location, words) in [
            (None, "to nowhere"),
            (Some("/login/?goto=/execute/x"), "to a login page"),
            (Some("https://other.example.org:2083/LOGIN"), "to a login page"),
            (Some("http://panel.example.com/"), "to an address without encryption"),
            (Some("https://other.example.org/s3cret"), "to another address"),
            (Some("//other.example.org/"), "to another address"),
            (Some("/cpsess0123456789/s3cret"), "to another page"),
        ] {
            for status in [301, 302, 303, 307, 308] {
                let fault = judged(Reply { location, ..reply(status) });
                let Some(Fault::Denied { detail }) = fault else { unreachable!("{fault:?}") };
                assert!(detail.ends_with(words), "{detail}");
                assert!(!detail.contains("example") && !detail.contains("s3cret"), "{detail}");
            }
        }
    }

    #[test]
    fn every_status_but_2xx_is_a_fault() {
        for status in (100..200).chain(300..600) {
            assert!(judged(reply(status)).is_some(), "{status}");
        }
        for status in 200..300 {
            assert!(judged(reply(status)).is_none(), "{status}");
        }
    }

    #[test]
    fn a_busy_panel_says_how_long() {
        for status in [429, 503] {
            let fault = judged(Reply { retry_after: Some("7"), ..reply(status) });
            let Some(Fault::Busy { status: said, retry_after }) = fault else { unreachable!("{fault:?}") };
            assert_eq!((said, retry_after.map(|wait| wait.as_secs())), (status, Some(7)));
        }
    }
}
