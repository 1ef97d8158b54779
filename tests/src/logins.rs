//! Logins by clients of the tests' own, which share nothing with the programs.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// What came of a login.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Attempt {
    /// The server let us in.
    Accepted,
    /// It said that the password is wrong.
    Refused,
    /// It said something else.
    Other(String),
}

/// How long a server may take for a line.
const PATIENCE: Duration = Duration::from_secs(60);

/// Logs in over IMAPS on loopback.
pub fn imap_login(port: u16, certificate: &str, address: &str, password: &str) -> Attempt {
    imap(port, certificate, address, password).unwrap_or_else(|error| Attempt::Other(error.to_string()))
}

fn imap(port: u16, certificate: &str, address: &str, password: &str) -> io::Result<Attempt> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = builder.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots);
    let connection =
        ClientConnection::new(Arc::new(config.with_no_client_auth()), ServerName::try_from("localhost").unwrap());
    let mut talk = BufReader::new(StreamOwned::new(connection.map_err(io::Error::other)?, connect(port)?));
    expect(&mut talk, "* OK")?;
    say(talk.get_mut(), "t1 AUTHENTICATE PLAIN")?;
    expect(&mut talk, "+")?;
    say(talk.get_mut(), &plain(address, password))?;
    loop {
        let line = hear(&mut talk)?;
        if line.starts_with("* ") && !line.starts_with("* BYE") {
            continue;
        }
        return Ok(match line {
            line if line.starts_with("t1 OK") => Attempt::Accepted,
            line if line.starts_with("t1 NO [AUTHENTICATIONFAILED]") => Attempt::Refused,
            other => Attempt::Other(other),
        });
    }
}

/// Logs in by SMTP AUTH on loopback.
pub fn smtp_login(port: u16, address: &str, password: &str) -> Attempt {
    smtp(port, address, password).unwrap_or_else(|error| Attempt::Other(error.to_string()))
}

fn smtp(port: u16, address: &str, password: &str) -> io::Result<Attempt> {
    let mut talk = BufReader::new(connect(port)?);
    expect(&mut talk, "220")?;
    say(talk.get_mut(), "EHLO localhost")?;
    while !hear(&mut talk)?.starts_with("250 ") {}
    say(talk.get_mut(), &format!("AUTH PLAIN {}", plain(address, password)))?;
    let line = hear(&mut talk)?;
    say(talk.get_mut(), "QUIT")?;
    Ok(match line {
        line if line.starts_with("235") => Attempt::Accepted,
        line if line.starts_with("535") => Attempt::Refused,
        other => Attempt::Other(other),
    })
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn plain(address: &str, password: &str) -> String {
    STANDARD.encode(format!("\0{address}\0{password}"))
}

fn say(stream: &mut impl Write, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes())?;
    stream.flush()
}

fn hear(talk: &mut BufReader<impl Read>) -> io::Result<String> {
    let mut line = String::new();
    if talk.read_line(&mut line)? == 0 {
        return Err(io::Error::other("it was closed"));
    }
    Ok(line.trim_end().to_owned())
}

fn expect(talk: &mut BufReader<impl Read>, begin: &str) -> io::Result<()> {
    let line = hear(talk)?;
    if line.starts_with(begin) { Ok(()) } else { Err(io::Error::other(line)) }
}
