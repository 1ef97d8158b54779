//! Where requests go: the URLs of calls, and what every request's head says.

use std::sync::{Mutex, PoisonError};

use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Uri};

use super::super::fault::Fault;
use super::body::FormBody;
use super::error::HttpsError;
use super::host::Host;
use super::settings::HttpsSettings;

/// The port that no URL and no header names.
const USUAL: u16 = 443;

/// What the panel's access log shows of us.
const OURSELVES: HeaderValue = HeaderValue::from_static(concat!("cprekey/", env!("CARGO_PKG_VERSION")));

const JSON: HeaderValue = HeaderValue::from_static("application/json");

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// The URL of a call.
pub(super) fn url(host: &Host, port: u16, path: &str) -> String {
    format!("https://{}{path}", authority(host, port))
}

/// `HOST:PORT`.
fn authority(host: &Host, port: u16) -> String {
    if port == USUAL { host.to_string() } else { format!("{host}:{port}") }
}

/// What all requests to a panel have in common.
#[derive(Debug)]
pub(super) struct Target {
    headers: HeaderMap,
    /// The path of the last one: nearly all calls of a run go to the same.
    last: Mutex<Uri>,
}

impl Target {
    /// Requests at the host's port, with the credential.
    ///
    /// # Errors
    ///
    /// Fails where host, user or token cannot stand in a request.
    pub(super) fn new(settings: &HttpsSettings) -> Result<Self, HttpsError> {
        let authority = authority(&settings.host, settings.port);
        let host = HeaderValue::from_str(&authority).map_err(|_| HttpsError::BadHost)?;
        let headers = HeaderMap::from_iter([
            (HOST, host),
            (AUTHORIZATION, settings.credential.header(settings.face)?),
            (USER_AGENT, OURSELVES),
            (ACCEPT, JSON),
            (CONTENT_TYPE, FORM),
        ]);
        Ok(Self { headers, last: Mutex::default() })
    }

    /// A request that gives this form to that path.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unsupported`] where the path is none.
    pub(super) fn request(&self, path: &str, form: FormBody) -> Result<Request<FormBody>, Fault> {
        let mut request = Request::new(form);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri(path)?;
        request.headers_mut().clone_from(&self.headers);
        Ok(request)
    }

    fn uri(&self, path: &str) -> Result<Uri, Fault> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.path() != path {
            *last =
                path.parse().map_err(|_| Fault::unsupported("no API function has such a name, so nothing was sent"))?;
        }
        Ok(last.clone())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_url_has_the_path_and_nothing_else() {
        let panel = Host::Name("panel.example.com".to_owned());
        assert_eq!(url(&panel, 2083, "/execute/A::B/c"), "https://panel.example.com:2083/execute/A::B/c");
        assert_eq!(url(&panel, 443, "/json-api/cpanel"), "https://panel.example.com/json-api/cpanel");
        assert_eq!(url(&"::1".parse().unwrap(), 2087, "/json-api/passwd"), "https://[::1]:2087/json-api/passwd");
    }
}
