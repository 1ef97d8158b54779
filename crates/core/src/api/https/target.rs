//! The URL of a call: `https://HOST:PORT/execute/MODULE/FUNCTION` (cPanel API documentation, "Introduction to UAPI").

use reqwest::Url;

use super::super::call::Call;
use super::super::fault::Fault;
use super::error::HttpsError;
use super::host::Host;

/// The URL that all calls to a panel begin with.
#[derive(Clone, Debug)]
pub(super) struct Target {
    root: Url,
}

impl Target {
    pub(super) fn new(host: &Host, port: u16) -> Result<Self, HttpsError> {
        let root = Url::parse(&format!("https://{host}:{port}/")).map_err(|_| HttpsError::BadHost)?;
        Ok(Self { root })
    }

    /// The URL of a call. No argument is in it.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unreachable`] for a name that no API function has: it could lead anywhere, so nothing is sent.
    pub(super) fn url(&self, call: &Call<'_>) -> Result<Url, Fault> {
        if !is_name(&call.module) || !is_name(&call.function) {
            return Err(Fault::Unreachable {
                detail: "no API function has such a name, so nothing was sent".to_owned(),
            });
        }
        let mut url = self.root.clone();
        url.set_path(&["/execute/", &*call.module, "/", &*call.function].concat());
        Ok(url)
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(module: &str, function: &str) -> Option<String> {
        let target = Target::new(&Host::Name("panel.example.com".to_owned()), 2083).ok()?;
        target.url(&Call::uapi(module, function).plain("email", "anna@example.com")).map(String::from).ok()
    }

    #[test]
    fn the_url_names_the_function_and_nothing_else() {
        let expected = "https://panel.example.com:2083/execute/Email/passwd_pop";
        assert_eq!(url("Email", "passwd_pop").as_deref(), Some(expected));
        let nested = "https://panel.example.com:2083/execute/A::B/c";
        assert_eq!(url("A::B", "c").as_deref(), Some(nested));
    }

    #[test]
    fn a_name_cannot_lead_elsewhere() {
        for name in ["", "..", ".", "a/b", "a?b", "a#b", "%2e%2e", "a b", "é", "a\\b"] {
            assert_eq!(url(name, "passwd_pop"), None, "{name}");
            assert_eq!(url("Email", name), None, "{name}");
        }
    }
}
