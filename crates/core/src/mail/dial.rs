//! The connection: its addresses, TCP and TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::server::MailServer;
use crate::api::Fault;
use crate::api::https::{Host, Resolve, tls_fault};
use crate::text;

/// A connection to the server; or why there is none, safe to show.
///
/// # Errors
///
/// In words: the name is not found, nobody answers, or TLS fails.
pub(super) async fn dial(
    server: &MailServer,
    resolve: &[Resolve],
    tls: &Arc<ClientConfig>,
) -> Result<TlsStream<TcpStream>, String> {
    let stream = connect(&addresses(server, resolve).await?).await.map_err(|error| shown(&error.to_string()))?;
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

/// The first address that answers.
async fn connect(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "its name has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
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
