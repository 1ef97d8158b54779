//! What an HTTP status other than 2xx means.
//!
//! All operations in cPanel's published description answer 200, application failures included (cPanel `OpenAPI`
//! description), so any other status comes from the login layer, the web server or something in between.

use std::time::SystemTime;

use super::super::fault::Fault;
use super::retry_after;

/// The fault that a status stands for; `None` where the body decides.
pub(super) fn fault(status: u16, location: Option<&str>, retry_after: Option<&str>, now: SystemTime) -> Option<Fault> {
    Some(match status {
        200..=299 => return None,
        300..=399 => Fault::denied(format!("it answers with a redirect (HTTP {status}) {}", whither(location))),
        401 | 403 => Fault::denied(format!(
            "it refuses the credential (HTTP {status}): check the user, the token, and that the token has not expired"
        )),
        404 | 405 => Fault::unusable(format!(
            "there is no UAPI at this address (HTTP {status}): is it the port of the cPanel face, usually 2083?"
        )),
        429 | 503 => Fault::Busy { status, retry_after: retry_after.and_then(|value| retry_after::parse(value, now)) },
        500.. => Fault::ServerError { status },
        _ => Fault::unusable(format!("the server did not understand the request (HTTP {status})")),
    })
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
                let fault = fault(status, location, None, SystemTime::UNIX_EPOCH);
                let Some(Fault::Denied { detail }) = fault else { unreachable!("{fault:?}") };
                assert!(detail.ends_with(words), "{detail}");
                assert!(!detail.contains("example") && !detail.contains("s3cret"), "{detail}");
            }
        }
    }

    #[test]
    fn every_status_but_2xx_is_a_fault() {
        for status in (100..200).chain(300..600) {
            assert!(fault(status, None, None, SystemTime::UNIX_EPOCH).is_some(), "{status}");
        }
        for status in 200..300 {
            assert!(fault(status, None, None, SystemTime::UNIX_EPOCH).is_none(), "{status}");
        }
    }

    #[test]
    fn a_busy_panel_says_how_long() {
        for status in [429, 503] {
            let fault = fault(status, None, Some("7"), SystemTime::UNIX_EPOCH);
            let Some(Fault::Busy { status: said, retry_after }) = fault else { unreachable!("{fault:?}") };
            assert_eq!((said, retry_after.map(|wait| wait.as_secs())), (status, Some(7)));
        }
    }
}
