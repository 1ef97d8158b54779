//! Where names lead: asked of the system once a minute, and not for every connection.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::Instant;

/// For how long an answer is taken as it was, as curl does.
const BELIEVED: Duration = Duration::from_secs(60);

/// What is known of names.
#[derive(Debug, Default)]
pub(super) struct Lookup(Mutex<HashMap<String, Found>>);

/// What the system said.
#[derive(Debug)]
struct Found {
    addresses: Vec<SocketAddr>,
    at: Instant,
}

impl Lookup {
    /// The addresses of a name, at port 0, in the order in which they are to be tried.
    ///
    /// # Errors
    ///
    /// As the system says; that is not remembered.
    pub(super) async fn addresses(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        if let Some(known) = self.known(name) {
            return Ok(known);
        }
        let found: Vec<_> = lookup_host((name, 0)).await?.collect();
        self.learn(name, found.clone());
        Ok(found)
    }

    fn known(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(name).filter(|found| found.at.elapsed() < BELIEVED).map(|found| found.addresses.clone())
    }

    fn learn(&self, name: &str, addresses: Vec<SocketAddr>) {
        let found = Found { addresses, at: Instant::now() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), found);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_name_is_looked_up_once_a_minute() {
        let lookup = Lookup::default();
        let elsewhere: SocketAddr = "192.0.2.7:0".parse().unwrap();
        lookup.learn("localhost", vec![elsewhere]);
        advance(Duration::from_millis(59_999)).await;
        assert_eq!(lookup.addresses("localhost").await.unwrap(), [elsewhere]);
        advance(Duration::from_millis(1)).await;
        let asked = lookup.addresses("localhost").await.unwrap();
        assert!(!asked.is_empty() && asked.iter().all(|address| address.ip().is_loopback()), "{asked:?}");
        assert_eq!(lookup.known("localhost").unwrap(), asked);
        assert!(lookup.known("mail.example.com").is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_found_is_asked_for_again() {
        let lookup = Lookup::default();
        // No name has two dots in a row.
        assert!(lookup.addresses("a..b").await.is_err());
        assert!(lookup.known("a..b").is_none());
    }
}
