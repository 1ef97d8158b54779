//! The URLs of calls.

use reqwest::Url;

use super::error::HttpsError;
use super::host::Host;

/// The URL that all calls to a panel begin with: `https://HOST:PORT/`.
#[derive(Clone, Debug)]
pub(super) struct Target {
    root: Url,
}

impl Target {
    pub(super) fn new(host: &Host, port: u16) -> Result<Self, HttpsError> {
        let root = Url::parse(&format!("https://{host}:{port}/")).map_err(|_| HttpsError::BadHost)?;
        Ok(Self { root })
    }

    /// The URL with this path.
    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.root.clone();
        url.set_path(path);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_has_the_path_and_nothing_else() {
        let target = Target::new(&Host::Name("panel.example.com".to_owned()), 2083).ok();
        for path in ["/execute/Email/passwd_pop", "/execute/A::B/c", "/json-api/cpanel"] {
            let url = target.as_ref().map(|target| target.url(path).to_string());
            assert_eq!(url, Some(format!("https://panel.example.com:2083{path}")));
        }
    }
}
