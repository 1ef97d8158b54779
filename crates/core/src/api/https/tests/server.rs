//! A small TLS server on loopback, on a thread of its own, that answers by script and keeps what it was sent.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio_rustls::TlsAcceptor;

use super::super::credential::Credential;
use super::super::face::Face;
use super::super::host::Host;
use super::super::pin::Pin;
use super::super::resolve::Resolve;
use super::super::settings::HttpsSettings;
use super::super::trust::Trust;

pub(super) const NAME: &str = "panel.example.com";
pub(super) const TOKEN: &str = "T0KENT0KENT0KEN";
pub(super) const DONE: &str = r#"{"status":1,"data":null}"#;

/// What the server does when it has read a request.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Sends these bytes and reads the next request.
    Say(String),
    /// Sends these bytes and closes the connection.
    SayAndClose(String),
    /// Sends these bytes and then nothing more.
    SayAndStall(String),
}

/// A whole HTTP response with a JSON body.
pub(super) fn json(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// A certificate with its key.
pub(super) struct Identity {
    pub(super) certificate: CertificateDer<'static>,
    pub(super) pem: String,
    params: CertificateParams,
    key: KeyPair,
}

impl Identity {
    /// Self-signed, marked as an authority's: what `openssl req -x509` makes.
    pub(super) fn authority() -> Self {
        Self::self_signed(&[NAME], |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained))
    }

    /// Self-signed, with a name.
    pub(super) fn named(names: &[&str]) -> Self {
        Self::self_signed(names, |params| params.is_ca = IsCa::ExplicitNoCa)
    }

    /// Self-signed, with nothing but a common name.
    pub(super) fn nameless() -> Self {
        Self::self_signed(&[], |params| params.distinguished_name.push(DnType::CommonName, NAME))
    }

    /// Self-signed, valid through these years.
    pub(super) fn dated(from: i32, until: i32) -> Self {
        Self::self_signed(&[NAME], |params| {
            params.not_before = rcgen::date_time_ymd(from, 1, 1);
            params.not_after = rcgen::date_time_ymd(until, 1, 1);
        })
    }

    /// Given out by this authority.
    pub(super) fn issued_by(authority: &Self, names: &[&str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::from_params(&authority.params, &authority.key);
        let params = params(names);
        let certificate = params.signed_by(&key, &issuer).unwrap();
        Self { pem: certificate.pem(), certificate: certificate.into(), params, key }
    }

    fn self_signed(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = params(names);
        change(&mut params);
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: certificate.pem(), certificate: certificate.into(), params, key }
    }

    pub(super) fn pin(&self) -> Pin {
        let parsed = rustls::server::ParsedCertificate::try_from(&self.certificate).unwrap();
        Pin::of(&parsed.subject_public_key_info())
    }
}

fn params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).unwrap()
}

/// A server that is gone when this is dropped.
pub(super) struct Server {
    pub(super) port: u16,
    pub(super) pin: Pin,
    seen: Arc<Seen>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Seen {
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    most_open: AtomicUsize,
}

impl Server {
    /// Answers every request as `script` says for its index.
    pub(super) fn start(identity: Identity, script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let pin = identity.pin();
        let (stop, stopped) = oneshot::channel();
        let (acceptor, seen, script) = (acceptor(identity), Arc::new(Seen::default()), Arc::new(script));
        let watched = Arc::clone(&seen);
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_io().build().unwrap();
            let accepting = accept_all(listener, acceptor, watched, script);
            runtime.block_on(async {
                tokio::select! {
                    () = accepting => {}
                    _ = stopped => {}
                }
            });
        });
        Self { port, pin, seen, stop: Some(stop), thread: Some(thread) }
    }

    /// One that always says this.
    pub(super) fn saying(response: String) -> Self {
        Self::start(Identity::authority(), move |_| Act::Say(response.clone()))
    }

    /// Every request, as it came.
    pub(super) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// How many connections there were in all.
    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many connections were open at once.
    pub(super) fn most_open(&self) -> usize {
        self.seen.most_open.load(Ordering::SeqCst)
    }

    /// Settings that reach it by name and trust its key.
    pub(super) fn settings(&self) -> HttpsSettings {
        settings(self.port, Trust::Pin(self.pin.clone()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(ended.is_some_and(|ended| ended.is_ok()) || thread::panicking(), "the server's thread panicked");
    }
}

impl Seen {
    fn opened(&self) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
    }
}

/// Settings that reach a port on loopback by the name of the panel.
pub(super) fn settings(port: u16, trust: Trust) -> HttpsSettings {
    let host = Host::Name(NAME.to_owned());
    let addresses = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    HttpsSettings {
        host: host.clone(),
        face: Face::Cpanel,
        port,
        credential: Credential { user: "shop".to_owned(), token: TOKEN.into() },
        trust,
        resolve: vec![Resolve { host, port, addresses }],
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(10),
        connections: NonZeroUsize::MIN,
    }
}

fn acceptor(identity: Identity) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![identity.certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn accept_all<S>(listener: std::net::TcpListener, acceptor: TlsAcceptor, seen: Arc<Seen>, script: Arc<S>)
where
    S: Fn(usize) -> Act + Send + Sync + 'static,
{
    listener.set_nonblocking(true).unwrap();
    let listener = TcpListener::from_std(listener).unwrap();
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, seen, script) = (acceptor.clone(), Arc::clone(&seen), Arc::clone(&script));
        tokio::spawn(async move {
            seen.opened();
            // A client that breaks off is part of what is tested.
            let _ = serve(stream, &acceptor, &seen, &*script).await;
            seen.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(
    stream: TcpStream,
    acceptor: &TlsAcceptor,
    seen: &Seen,
    script: &(impl Fn(usize) -> Act + Sync),
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = acceptor.accept(stream).await?;
    let mut unread = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut unread).await? {
        let index = {
            let mut requests = seen.requests.lock().unwrap();
            requests.push(request);
            requests.len() - 1
        };
        let (text, close) = match script(index) {
            Act::Say(text) => (text, false),
            Act::SayAndClose(text) => (text, true),
            Act::SayAndStall(text) => {
                stream.write_all(text.as_bytes()).await?;
                stream.flush().await?;
                std::future::pending().await
            }
        };
        let (head, body) = text.split_at(text.find("\r\n\r\n").map_or(text.len(), |end| end + 4));
        for part in [head, body] {
            stream.write_all(part.as_bytes()).await?;
            stream.flush().await?;
            // A head and a body that come apart, as a panel's do.
            yield_now().await;
        }
        if close {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

/// Reads one request, headers and body; `None` when the client has closed.
async fn read_request(stream: &mut (impl AsyncReadExt + Unpin), unread: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        if let Some(end) = whole_request(unread) {
            let request = unread.drain(..end).collect();
            return Ok(String::from_utf8(request).ok());
        }
        if stream.read_buf(unread).await? == 0 {
            return Ok(None);
        }
    }
}

fn whole_request(bytes: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let head = text.find("\r\n\r\n")? + 4;
    let length =
        text[..head].lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let end = head + length.unwrap_or(0);
    (bytes.len() >= end).then_some(end)
}
