//! A client as small as can be: one connection, one request, everything read to the end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

/// Speaks HTTPS with a panel.
pub(super) struct Client {
    address: String,
    config: Arc<ClientConfig>,
}

/// What came back.
pub(super) struct Answer {
    /// The first line.
    pub(super) status_line: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Client {
    /// A client that trusts the certificate in `ca_file` alone.
    pub(super) fn new(address: &str, ca_file: &Path) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ca_file).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { address: address.to_owned(), config: Arc::new(config) }
    }

    /// Posts a form.
    pub(super) fn post(&self, path: &str, form: &str, authorization: &str) -> Answer {
        self.try_post(path, form, authorization).unwrap()
    }

    /// Posts a form; nothing is returned when nothing came back.
    pub(super) fn try_post(&self, path: &str, form: &str, authorization: &str) -> Option<Answer> {
        let head = format!("{}Connection: close\r\n", self.head("POST", path, authorization));
        Answer::parse(&exchange(&mut self.connect(), &with_form(&head, form)))
    }

    /// Gets a path.
    pub(super) fn get(&self, path: &str, authorization: &str) -> Answer {
        let head = format!("{}Connection: close\r\n\r\n", self.head("GET", path, authorization));
        Answer::parse(&exchange(&mut self.connect(), &head)).unwrap()
    }

    /// Gets a path twice over one connection; both answers as they came.
    pub(super) fn twice(&self, path: &str, authorization: &str) -> String {
        let head = self.head("GET", path, authorization);
        exchange(&mut self.connect(), &format!("{head}\r\n{head}Connection: close\r\n\r\n"))
    }

    fn connect(&self) -> StreamOwned<ClientConnection, TcpStream> {
        let name = ServerName::try_from("localhost").unwrap();
        let session = ClientConnection::new(Arc::clone(&self.config), name).unwrap();
        StreamOwned::new(session, TcpStream::connect(&self.address).unwrap())
    }

    fn head(&self, method: &str, path: &str, authorization: &str) -> String {
        format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {authorization}\r\n", self.address)
    }
}

/// One request over plain HTTP.
pub(super) fn plain(address: &str, method: &str, path: &str, body: &str) -> Answer {
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    Answer::parse(&exchange(&mut TcpStream::connect(address).unwrap(), &request)).unwrap()
}

impl Answer {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status_line = lines.next()?.to_owned();
        let header = |line: &str| Some((line.split_once(": ")?.0.to_lowercase(), line.split_once(": ")?.1.to_owned()));
        Some(Self { status_line, headers: lines.filter_map(header).collect(), body: body.to_owned() })
    }

    /// The status.
    pub(super) fn status(&self) -> u16 {
        self.status_line.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }

    /// Whether the body is as long as announced.
    pub(super) fn is_whole(&self) -> bool {
        self.header("content-length").unwrap().parse() == Ok(self.body.len())
    }

    /// The body.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn with_form(head: &str, form: &str) -> String {
    let kind = "Content-Type: application/x-www-form-urlencoded";
    format!("{head}{kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len())
}

/// Sends, and reads until the other side ends the connection, in whichever way.
fn exchange(stream: &mut (impl Read + Write), request: &str) -> String {
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
