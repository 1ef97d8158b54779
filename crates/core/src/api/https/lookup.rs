//! Where the panel's name leads: asked of the system once a minute, and not for every connection.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::vec;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;
use tokio::time::Instant;

/// For how long an answer is taken as it was, as curl does.
const BELIEVED: Duration = Duration::from_secs(60);

/// What all clients of one panel know of its name. They ask for no other: nothing is followed to another host.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup(Arc<Mutex<Option<Found>>>);

/// What the system said.
#[derive(Debug)]
struct Found {
    addresses: Vec<SocketAddr>,
    at: Instant,
}

impl Lookup {
    fn known(&self) -> Option<vec::IntoIter<SocketAddr>> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().filter(|found| found.at.elapsed() < BELIEVED).map(|found| found.addresses.clone().into_iter())
    }

    fn learn(&self, addresses: Vec<SocketAddr>) {
        let found = Found { addresses, at: Instant::now() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    }
}

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.clone();
        Box::pin(async move {
            if let Some(known) = lookup.known() {
                return Ok(Box::new(known) as Addrs);
            }
            // The port is that of the URL.
            let found: Vec<_> = lookup_host((name.as_str(), 0)).await?.collect();
            lookup.learn(found.clone());
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use tokio::time::advance;

    use super::*;

    async fn addresses(lookup: &Lookup, name: &str) -> Vec<SocketAddr> {
        lookup.resolve(name.parse().unwrap()).await.unwrap().collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_name_is_looked_up_once_a_minute() {
        let lookup = Lookup::default();
        let elsewhere: SocketAddr = "192.0.2.7:0".parse().unwrap();
        lookup.learn(vec![elsewhere]);
        advance(Duration::from_millis(59_999)).await;
        assert_eq!(addresses(&lookup, "localhost").await, [elsewhere]);
        advance(Duration::from_millis(1)).await;
        let asked = addresses(&lookup, "localhost").await;
        assert!(!asked.is_empty() && asked.iter().all(|address| address.ip().is_loopback()), "{asked:?}");
        assert!(lookup.known().unwrap().eq(asked));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_found_is_asked_for_again() {
        let lookup = Lookup::default();
        // No name has two dots in a row.
        assert!(lookup.resolve("a..b".parse().unwrap()).await.is_err());
        assert!(lookup.known().is_none());
    }
}
