//! A request, read to its end and decoded.

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::http::request::Parts;
use hyper::{Method, Version};

use super::arguments::Arguments;

/// The largest body that is read.
const BODY_LIMIT: usize = 16 << 20;

/// Why a request could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// The body is larger than the panel takes.
    #[error("the body is too large")]
    TooLarge,
    /// The client went away, or did not speak HTTP.
    #[error("the body ended early")]
    Broken,
}

/// A request as the faces see it.
pub(crate) struct Request {
    /// Its method.
    pub(crate) method: Method,
    /// Its path, without the query.
    pub(crate) path: String,
    /// The request line, as it goes into the log.
    pub(crate) line: String,
    /// The `Authorization` header, if it is there and text.
    pub(crate) authorization: Option<String>,
    /// The fields of the query, and then those of a form in the body.
    pub(crate) arguments: Arguments,
    /// The body, for those who do not want it as a form.
    pub(crate) body: Vec<u8>,
    /// The number of the connection it came on.
    pub(crate) connection: u64,
}

impl Request {
    /// Reads the whole request.
    ///
    /// # Errors
    ///
    /// When the body is too large or breaks off.
    pub(crate) async fn read(request: hyper::Request<Incoming>, connection: u64) -> Result<Self, ReadError> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, BODY_LIMIT)
            .collect()
            .await
            .map_err(|error| if error.is::<LengthLimitError>() { ReadError::TooLarge } else { ReadError::Broken })?;
        Ok(Self::from_parts(head, body.to_bytes().into(), connection))
    }

    fn from_parts(head: Parts, body: Vec<u8>, connection: u64) -> Self {
        let mut arguments = Arguments::default();
        arguments.read_form(head.uri.query().unwrap_or_default().as_bytes());
        if is_form(&head) {
            arguments.read_form(&body);
        }
        let header = head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        Self {
            path: head.uri.path().to_owned(),
            line: format!("{} {} {}", head.method, head.uri, version(head.version)),
            authorization: header.map(str::to_owned),
            method: head.method,
            arguments,
            body,
            connection,
        }
    }

    /// The module and the function of a UAPI path, `/execute/Module/function`.
    pub(crate) fn function(&self) -> Option<(&str, &str)> {
        let (module, function) = self.path.strip_prefix("/execute/")?.split_once('/')?;
        (!module.is_empty() && !function.is_empty() && !function.contains('/')).then_some((module, function))
    }

    /// The function of a path of the JSON API, `/json-api/function`.
    pub(crate) fn json_function(&self) -> Option<&str> {
        let function = self.path.strip_prefix("/json-api/")?;
        (!function.is_empty() && !function.contains('/')).then_some(function)
    }
}

fn is_form(head: &Parts) -> bool {
    let kind = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    head.method == Method::POST && kind.starts_with("application/x-www-form-urlencoded")
}

fn version(version: Version) -> &'static str {
    if version == Version::HTTP_10 { "HTTP/1.0" } else { "HTTP/1.1" }
}

#[cfg(test)]
pub(crate) mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// A request as a client of the given token would send it.
    pub(crate) fn post(path: &str, form: &str, authorization: &str) -> Request {
        let builder = hyper::Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (head, ()) = builder.header(AUTHORIZATION, authorization).body(()).unwrap().into_parts();
        Request::from_parts(head, form.as_bytes().to_vec(), 1)
    }

    #[test]
    fn query_and_form_are_one_list() {
        let request = post("/execute/Email/passwd_pop?domain=example.com", "email=anna", "cpanel a:b");
        assert_eq!(request.arguments.text("email").as_deref(), Some("anna"));
        assert_eq!(request.arguments.text("domain").as_deref(), Some("example.com"));
        assert_eq!(request.function(), Some(("Email", "passwd_pop")));
        assert_eq!(request.line, "POST /execute/Email/passwd_pop?domain=example.com HTTP/1.1");
    }

    #[test]
    fn only_two_names_after_execute_are_a_function() {
        for path in ["/", "/execute/Email", "/execute//x", "/execute/Email/a/b", "/Execute/Email/a", "/json-api/cpanel"]
        {
            assert_eq!(post(path, "", "").function(), None, "{path}");
        }
    }
}
