//! The connection: its addresses, TCP and TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::server::MailServer;
use crate::api::Fault;
use crate::api::https::{Host, Resolve, tls_fault};
use crate::text;

/// What an address gets at least of the time that all share: as long as a first packet is waited for before it is sent again (RFC 6298).
const LEAST: Duration = Duration::from_secs(1);

/// A connection to the server, made within that time; or why there is none, safe to show.
///
/// # Errors
///
/// In words: the name is not found, nobody answers, TLS fails, or all that takes longer.
pub(super) async fn dial(
    server: &MailServer,
    resolve: &[Resolve],
    tls: &Arc<ClientConfig>,
    within: Duration,
) -> Result<TlsStream<TcpStream>, String> {
    let began = Instant::now();
    let dialled = timeout(within, async {
        let addresses = addresses(server, resolve).await?;
        let left = within.saturating_sub(began.elapsed());
        let stream = first(&addresses, left, TcpStream::connect).await.map_err(|error| shown(&error.to_string()))?;
        encrypt(stream, server, tls).await
    });
    dialled.await.unwrap_or_else(|_| Err(format!("no connection within {} s", within.as_secs_f64())))
}

async fn encrypt(
    stream: TcpStream,
    server: &MailServer,
    tls: &Arc<ClientConfig>,
) -> Result<TlsStream<TcpStream>, String> {
    // Small lines go at once; a system that cannot do that sends them all the same.
    let _slower = stream.set_nodelay(true);
    let connector = TlsConnector::from(Arc::clone(tls));
    connector.connect(name(&server.host)?, stream).await.map_err(|error| tls_words(&error))
}

/// Where the server is: as given by hand, or as the system says.
async fn addresses(server: &MailServer, resolve: &[Resolve]) -> Result<Vec<SocketAddr>, String> {
    let ours = resolve.iter().filter(|one| one.host == server.host && one.port == server.port);
    let given = ours.flat_map(|one| &one.addresses).map(|address| SocketAddr::new(*address, server.port));
    let given: Vec<_> = given.collect();
    match &server.host {
        _ if !given.is_empty() => Ok(given),
        Host::Address(address) => Ok(vec![SocketAddr::new(*address, server.port)]),
        Host::Name(name) => {
            let found = lookup_host((name.as_str(), server.port)).await;
            found.map(Iterator::collect).map_err(|error| shown(&format!("its name was not found: {error}")))
        }
    }
}

/// A connection to the first address that answers in its share of the time. The last one is waited for until the caller gives up.
async fn first<S>(
    addresses: &[SocketAddr],
    within: Duration,
    connect: impl AsyncFn(SocketAddr) -> io::Result<S>,
) -> io::Result<S> {
    let Some((last, others)) = addresses.split_last() else {
        return Err(io::Error::new(io::ErrorKind::NotFound, "its name has no address"));
    };
    let began = Instant::now();
    for (index, address) in others.iter().enumerate() {
        let untried = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        let share = within.saturating_sub(began.elapsed()) / untried;
        if let Ok(Ok(stream)) = timeout(share.max(LEAST), connect(*address)).await {
            return Ok(stream);
        }
    }
    connect(*last).await
}

/// What the certificate must be for.
fn name(host: &Host) -> Result<ServerName<'static>, String> {
    match host {
        Host::Name(name) => {
            ServerName::try_from(name.clone()).map_err(|_| "no certificate can be for its name".to_owned())
        }
        Host::Address(address) => Ok(ServerName::from(*address)),
    }
}

fn tls_words(error: &io::Error) -> String {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls.map(tls_fault) {
        Some(Fault::Untrusted { detail, .. }) => format!("its certificate is not trusted: {detail}"),
        Some(Fault::Unreachable { detail }) => detail,
        _ => shown(&format!("TLS failed: {error}")),
    }
}

fn shown(words: &str) -> String {
    text::safe(words).into_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::RefCell;
    use std::future::pending;

    use super::*;

    fn addresses(count: u8) -> Vec<SocketAddr> {
        (1..=count).map(|last| SocketAddr::from(([127, 0, 0, last], 993))).collect()
    }

    /// Whom a connection was made to, and after how many tenths of a second each address was tried, where all before `live` are silent.
    async fn tried(count: u8, live: usize, within: Duration) -> (Option<SocketAddr>, Vec<u128>) {
        let (addresses, began, tries) = (addresses(count), Instant::now(), RefCell::new(Vec::new()));
        let connected = first(&addresses, within, async |address| {
            tries.borrow_mut().push(began.elapsed().as_millis() / 100);
            if addresses.get(live) == Some(&address) { Ok(address) } else { pending().await }
        });
        let connected = timeout(within, connected).await;
        (connected.ok().map(Result::unwrap), tries.into_inner())
    }

    /// NET-02: an address that drops every packet costs its share of the time alone.
    #[tokio::test(start_paused = true)]
    async fn a_silent_address_leaves_time_for_the_others() {
        let ten = Duration::from_secs(10);
        let second = addresses(2)[1];
        assert_eq!(tried(2, 1, ten).await, (Some(second), vec![0, 50]));
        let fourth = addresses(4)[3];
        assert_eq!(tried(4, 3, ten).await, (Some(fourth), vec![0, 25, 50, 75]));
        assert_eq!(tried(1, 9, ten).await, (None, vec![0]));
        // None gets less than a second, even where not all get one.
        let short = Duration::from_millis(2_500);
        assert_eq!(tried(8, 9, short).await, (None, vec![0, 10, 20]));
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_that_refuses_leaves_its_time_to_the_others_and_the_last_tells_why() {
        let (addresses, began, tries) = (addresses(3), Instant::now(), RefCell::new(Vec::new()));
        let refused = first(&addresses, Duration::from_secs(9), async |address| -> io::Result<()> {
            tries.borrow_mut().push(began.elapsed().as_secs());
            if address.ip().to_string() == "127.0.0.2" {
                pending().await
            } else {
                Err(io::Error::other(address.ip().to_string()))
            }
        });
        assert_eq!(refused.await.unwrap_err().to_string(), "127.0.0.3");
        // The second has half of what the first has left.
        assert_eq!(tries.into_inner(), [0, 0, 4]);
        let nobody = first(&[], Duration::from_secs(9), async |_| Ok(())).await;
        assert_eq!(nobody.unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
