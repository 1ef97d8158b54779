//! The forger's own way to the panel.

use std::io::{self, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::message::Message;

/// Where the panel is, and how it is trusted.
#[derive(Clone)]
pub(super) struct Upstream {
    address: String,
    config: Arc<ClientConfig>,
}

/// A connection to the panel, opened when it is first needed.
pub(super) struct Passage {
    upstream: Upstream,
    stream: Option<StreamOwned<ClientConnection, TcpStream>>,
}

impl Upstream {
    /// The panel at `localhost:PORT` that shows a certificate of the authority in that file.
    pub(super) fn new(host: &str, ca_file: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ca_file).unwrap()).unwrap();
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let config = Arc::new(builder.with_root_certificates(roots).with_no_client_auth());
        Self { address: host.replace("localhost", "127.0.0.1"), config }
    }

    /// A way there.
    pub(super) fn passage(&self) -> Passage {
        Passage { upstream: self.clone(), stream: None }
    }

    fn connect(&self) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
        let connection = ClientConnection::new(Arc::clone(&self.config), name).map_err(io::Error::other)?;
        let tcp = TcpStream::connect(&self.address)?;
        tcp.set_nodelay(true)?;
        Ok(StreamOwned::new(connection, tcp))
    }
}

impl Passage {
    /// What the panel answers to a request.
    pub(super) fn forward(&mut self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => self.upstream.connect()?,
        };
        stream.write_all(request)?;
        let answer = Message::read(&mut stream)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        self.stream = Some(stream);
        Ok(answer.bytes)
    }
}
