//! A connection to a server: where its name leads, TCP and TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use rustix::net::sockopt;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::super::fault::Fault;
use super::failure;
use super::host::Host;
use super::lookup::Lookup;
use super::resolve::Resolve;

/// After so long the next address is tried as well, while the one before may still answer (RFC 8305, section 5, "Connection Attempt Delay").
const PATIENCE: Duration = Duration::from_millis(250);

/// A connection on which nothing has come for so long is asked whether it is there, and then as often.
const ASK_AFTER: Duration = Duration::from_secs(15);

/// So many such questions without an answer end it.
const ASK: u32 = 3;

/// What was sent and is not confirmed for so many milliseconds ends it.
const UNHEARD: u32 = 30_000;

/// Connects to servers, TLS included, and knows where they are.
#[derive(Debug)]
pub(crate) struct Dialler {
    resolve: Vec<Resolve>,
    lookup: Lookup,
    within: Duration,
}

impl Dialler {
    /// Goes where `resolve` leads, and else where the system says; a connection may take so long.
    pub(crate) fn new(resolve: Vec<Resolve>, within: Duration) -> Self {
        Self { resolve, lookup: Lookup::default(), within }
    }

    /// A connection to the host at this port.
    ///
    /// # Errors
    ///
    /// [`Fault::Untrusted`] where the certificate is not accepted; otherwise [`Fault::Unreachable`]: the name is not found, nobody answers,
    /// TLS fails, or all that takes too long.
    pub(crate) async fn dial(
        &self,
        host: &Host,
        port: u16,
        tls: &Arc<ClientConfig>,
    ) -> Result<TlsStream<TcpStream>, Fault> {
        let dialled = timeout(self.within, async {
            let addresses = self.addresses(host, port).await?;
            let stream = first(&addresses, TcpStream::connect).await.map_err(|error| failure::unreachable(&error))?;
            encrypt(stream, host, tls).await
        });
        let too_late =
            || Fault::Unreachable { detail: format!("no connection within {} s", self.within.as_secs_f64()) };
        dialled.await.unwrap_or_else(|_| Err(too_late()))
    }

    /// Where the host is: as given by hand, or as the system says.
    async fn addresses(&self, host: &Host, port: u16) -> Result<Vec<SocketAddr>, Fault> {
        let ours = self.resolve.iter().filter(|one| one.host == *host && one.port == port);
        let given: Vec<_> = ours.flat_map(|one| &one.addresses).map(|at| SocketAddr::new(*at, port)).collect();
        match host {
            _ if !given.is_empty() => Ok(given),
            Host::Address(address) => Ok(vec![SocketAddr::new(*address, port)]),
            Host::Name(name) => {
                let mut found = self.lookup.addresses(name).await.map_err(|error| failure::not_found(&error))?;
                for address in &mut found {
                    address.set_port(port);
                }
                Ok(found)
            }
        }
    }
}

async fn encrypt(stream: TcpStream, host: &Host, tls: &Arc<ClientConfig>) -> Result<TlsStream<TcpStream>, Fault> {
    // A system that cannot do this sends requests all the same.
    let _slower = stream.set_nodelay(true).and_then(|()| watch(&stream));
    let name = name(host)?;
    let connected = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await;
    connected.map_err(|error| failure::of_handshake(&error))
}

/// Has the system find out when the network is gone, or the server: soon, and not only when a call has taken all its time.
fn watch(stream: &TcpStream) -> io::Result<()> {
    sockopt::set_socket_keepalive(stream, true)?;
    sockopt::set_tcp_keepidle(stream, ASK_AFTER)?;
    sockopt::set_tcp_keepintvl(stream, ASK_AFTER)?;
    sockopt::set_tcp_keepcnt(stream, ASK)?;
    Ok(sockopt::set_tcp_user_timeout(stream, UNHEARD)?)
}

/// What the certificate must be for.
fn name(host: &Host) -> Result<ServerName<'static>, Fault> {
    let unfit = |_| Fault::Unreachable { detail: "no certificate can be for its name".to_owned() };
    match host {
        Host::Name(name) => ServerName::try_from(name.clone()).map_err(unfit),
        Host::Address(address) => Ok(ServerName::from(*address)),
    }
}

/// A connection to the address that answers first. They are tried one after another; where one fails or is silent, the next has its turn.
async fn first<S>(addresses: &[SocketAddr], connect: impl AsyncFn(SocketAddr) -> io::Result<S>) -> io::Result<S> {
    let mut untried = addresses.iter();
    let mut trying = FuturesUnordered::new();
    let mut wrong = io::Error::new(io::ErrorKind::NotFound, "its name has no address");
    loop {
        match untried.next() {
            Some(address) => trying.push(connect(*address)),
            None if trying.is_empty() => return Err(wrong),
            None => {}
        }
        let patience = if untried.as_slice().is_empty() { Duration::MAX } else { PATIENCE };
        match timeout(patience, trying.next()).await {
            Ok(Some(Ok(stream))) => return Ok(stream),
            Ok(Some(Err(error))) => wrong = error,
            Ok(None) | Err(_) => {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::RefCell;
    use std::future::pending;

    use tokio::time::Instant;

    use super::*;

    /// What a server of these does.
    #[derive(Clone, Copy)]
    enum Server {
        Answers,
        Refuses,
        IsSilent,
    }

    /// The last part of the address that a connection was made to or that told why there is none, and after how many milliseconds each was tried.
    async fn tried(servers: &[Server]) -> (Result<u8, String>, Vec<u128>) {
        let (began, tries) = (Instant::now(), RefCell::new(Vec::new()));
        let addresses: Vec<_> =
            (1..).zip(servers).map(|(last, _)| SocketAddr::from(([127, 0, 0, last], 993))).collect();
        let connected = first(&addresses, async |address| {
            tries.borrow_mut().push(began.elapsed().as_millis());
            let place = addresses.iter().position(|one| *one == address).unwrap();
            let last = u8::try_from(place + 1).unwrap();
            match servers[place] {
                Server::Answers => Ok(last),
                Server::Refuses => Err(io::Error::other(last.to_string())),
                Server::IsSilent => pending().await,
            }
        });
        let connected = timeout(Duration::from_secs(60), connected).await;
        let connected =
            connected.map_or_else(|_| Err("too late".to_owned()), |one| one.map_err(|error| error.to_string()));
        (connected, tries.into_inner())
    }

    #[tokio::test]
    async fn the_system_looks_whether_the_server_is_there() {
        let server = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let stream = TcpStream::connect(server.local_addr().unwrap()).await.unwrap();
        watch(&stream).unwrap();
        assert!(sockopt::socket_keepalive(&stream).unwrap());
        assert_eq!(
            sockopt::tcp_keepidle(&stream).unwrap() + 3 * sockopt::tcp_keepintvl(&stream).unwrap(),
            Duration::from_secs(60)
        );
        assert_eq!((sockopt::tcp_keepcnt(&stream).unwrap(), sockopt::tcp_user_timeout(&stream).unwrap()), (3, 30_000));
    }

    /// NET-02: an address that drops every packet costs a quarter of a second.
    #[tokio::test(start_paused = true)]
    async fn a_silent_address_leaves_the_others_their_turn() {
        use Server::{Answers, IsSilent, Refuses};
        assert_eq!(tried(&[Answers, Answers]).await, (Ok(1), vec![0]));
        assert_eq!(tried(&[IsSilent, Answers]).await, (Ok(2), vec![0, 250]));
        assert_eq!(tried(&[IsSilent, IsSilent, Refuses, Answers]).await, (Ok(4), vec![0, 250, 500, 500]));
        assert_eq!(tried(&[IsSilent, IsSilent]).await, (Err("too late".to_owned()), vec![0, 250]));
    }

    #[tokio::test(start_paused = true)]
    async fn where_all_refuse_the_last_tells_why() {
        use Server::{IsSilent, Refuses};
        assert_eq!(tried(&[Refuses, Refuses, Refuses]).await, (Err("3".to_owned()), vec![0, 0, 0]));
        assert_eq!(tried(&[Refuses, IsSilent, Refuses]).await, (Err("too late".to_owned()), vec![0, 0, 250]));
        assert_eq!(tried(&[]).await, (Err("its name has no address".to_owned()), vec![]));
    }
}
