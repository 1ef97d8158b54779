//! Servers that speak TLS badly, or not at all.

use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::certificates::Shown;
use super::server::Server;

/// A server that does the same with every connection.
pub(super) struct Raw {
    port: u16,
    got: Arc<Mutex<Vec<u8>>>,
}

impl Raw {
    /// Gives every connection to `serve`, with what it is to write down.
    pub(super) fn start(serve: impl Fn(TcpStream, &Mutex<Vec<u8>>) -> io::Result<()> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let got = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&got);
        thread::spawn(move || {
            for tcp in listener.incoming().flatten() {
                // A client that leaves is what these tests are about.
                let _left = serve(tcp, &into);
            }
        });
        Self { port, got }
    }

    /// Reads what comes first, says this, and closes.
    pub(super) fn saying(words: &'static [u8]) -> Self {
        Self::start(move |mut tcp, got| {
            read_some(&mut tcp, got)?;
            tcp.write_all(words)?;
            read_some(&mut tcp, got)
        })
    }

    /// Closes at once.
    pub(super) fn closing() -> Self {
        Self::start(|tcp, _| {
            drop(tcp);
            Ok(())
        })
    }

    /// Reads and never says a thing.
    pub(super) fn silent() -> Self {
        Self::start(|mut tcp, got| {
            loop {
                read_some(&mut tcp, got)?;
            }
        })
    }

    /// Shows a certificate, and signs with a key that is not the certificate's.
    pub(super) fn impostor(shown: &Shown, key: &Shown) -> Self {
        let chain = vec![CertificateDer::from_pem_file(&shown.certificate).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&key.key).unwrap();
        let key = ring::sign::any_supported_type(&key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let config = Arc::new(config.with_cert_resolver(Arc::new(Always(Arc::new(CertifiedKey::new(chain, key))))));
        Self::start(move |tcp, got| {
            tcp.set_read_timeout(Some(Duration::from_secs(20)))?;
            let connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            read_some(&mut StreamOwned::new(connection, tcp), got)
        })
    }
}

impl Server for Raw {
    fn port(&self) -> u16 {
        self.port
    }

    fn got(&self) -> String {
        String::from_utf8_lossy(&self.got.lock().unwrap()).into_owned()
    }
}

fn read_some(stream: &mut impl io::Read, got: &Mutex<Vec<u8>>) -> io::Result<()> {
    let mut chunk = [0; 4096];
    match stream.read(&mut chunk)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        count => {
            got.lock().unwrap().extend_from_slice(&chunk[..count]);
            Ok(())
        }
    }
}

/// The same certificate for everybody, and no question whether the key is its own.
#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}
