//! The URLs of calls.

use std::sync::{Mutex, PoisonError};

use reqwest::Url;

use super::error::HttpsError;
use super::host::Host;

/// The URL that all calls to a panel begin with: `https://HOST:PORT/`.
#[derive(Debug)]
pub(super) struct Target {
    root: Url,
    /// The last one: nearly all calls of a run go to the same.
    last: Mutex<Url>,
}

impl Target {
    pub(super) fn new(host: &Host, port: u16) -> Result<Self, HttpsError> {
        let root = Url::parse(&format!("https://{host}:{port}/")).map_err(|_| HttpsError::BadHost)?;
        Ok(Self { last: Mutex::new(root.clone()), root })
    }

    /// The URL with this path.
    pub(super) fn url(&self, path: &str) -> Url {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.path() != path {
            *last = self.root.clone();
            last.set_path(path);
        }
        last.clone()
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
