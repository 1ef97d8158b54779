//! A scripted mail server: IMAP within TLS, as RFC 3501 and 9051 have it, that ends every login as the test says.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::CertificateParams;
use rustls::{ServerConnection, StreamOwned};

use crate::deadline::DEADLINE;
use crate::identity::Identity;
use crate::place::Place;

/// How a login ends.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What is said to the password, line breaks included.
    pub words: String,
    /// What becomes of the connection then.
    pub ending: Ending,
}

/// What becomes of a connection when the reply was given.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The server waits for a farewell and answers it.
    Polite,
    /// It closes.
    Close,
    /// It says nothing more, and keeps the connection.
    Hang,
}

impl Reply {
    /// These words, a line, and then politeness.
    pub fn line(words: &str) -> Self {
        Self { words: format!("{words}\r\n"), ending: Ending::Polite }
    }

    /// The password is right.
    pub fn yes() -> Self {
        Self::line("a1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in")
    }
}

/// A mail server that listens on loopback until it is dropped.
pub struct MailServer {
    port: u16,
    ca_file: PathBuf,
    shared: Arc<Shared>,
}

type Decide = dyn Fn(&str, &str) -> Reply + Send + Sync;

struct Shared {
    identity: Identity,
    /// How a login with this address and password ends.
    decide: Box<Decide>,
    /// The logins, with address and password.
    logins: Mutex<Vec<(String, String)>>,
    /// The lines that were heard, apart from passwords.
    heard: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl MailServer {
    /// Begins to listen, with a certificate for localhost.
    pub fn start(place: &Place, decide: impl Fn(&str, &str) -> Reply + Send + Sync + 'static) -> Self {
        Self::showing(place, &CertificateParams::new(["localhost".to_owned()]).unwrap(), decide)
    }

    /// The same, with a certificate of this kind.
    pub fn showing(
        place: &Place,
        certificate: &CertificateParams,
        decide: impl Fn(&str, &str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let identity = Identity::of(certificate);
        let folder = place.new_folder("mail");
        let ca_file = place.path(&format!("{folder}/ca.pem"));
        fs::write(&ca_file, &identity.pem).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            identity,
            decide: Box::new(decide),
            logins: Mutex::default(),
            heard: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let listening = Arc::clone(&shared);
        thread::spawn(move || listen(&listener, &listening));
        Self { port, ca_file, shared }
    }

    /// `localhost:PORT`.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate, in PEM.
    pub fn certificate(&self) -> String {
        fs::read_to_string(&self.ca_file).unwrap()
    }

    /// The addresses and passwords of the logins that came, in their order.
    pub fn logins(&self) -> Vec<(String, String)> {
        self.shared.logins.lock().unwrap().clone()
    }

    /// The lines that were heard, apart from passwords.
    pub fn heard(&self) -> Vec<String> {
        self.shared.heard.lock().unwrap().clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Release);
        // Whoever waits for a connection sees it then.
        let _woken = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for tcp in listener.incoming() {
        if shared.is_over.load(Ordering::Acquire) {
            return;
        }
        let (tcp, shared) = (tcp.unwrap(), Arc::clone(shared));
        // A connection that breaks is what many a test is about.
        thread::spawn(move || serve(tcp, &shared));
    }
}

type Talk = BufReader<StreamOwned<ServerConnection, TcpStream>>;

fn serve(tcp: TcpStream, shared: &Shared) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    tcp.set_read_timeout(Some(DEADLINE))?;
    let connection = ServerConnection::new(Arc::clone(&shared.identity.config)).map_err(io::Error::other)?;
    let mut talk = BufReader::new(StreamOwned::new(connection, tcp));
    say(&mut talk, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN] A scripted server is ready.\r\n")?;
    note(&mut talk, shared)?;
    say(&mut talk, "+ \r\n")?;
    let (address, password) = credentials(&hear(&mut talk)?);
    shared.logins.lock().unwrap().push((address.clone(), password.clone()));
    let reply = (shared.decide)(&address, &password);
    say(&mut talk, &reply.words)?;
    match reply.ending {
        Ending::Polite => {
            note(&mut talk, shared)?;
            say(&mut talk, "* BYE Logging out\r\na2 OK Logout completed.\r\n")?;
        }
        Ending::Hang => drop(hear(&mut talk)?),
        Ending::Close => {}
    }
    let stream = talk.get_mut();
    stream.conn.send_close_notify();
    stream.flush()?;
    stream.sock.shutdown(Shutdown::Both)
}

fn say(talk: &mut Talk, words: &str) -> io::Result<()> {
    talk.get_mut().write_all(words.as_bytes())?;
    talk.get_mut().flush()
}

fn hear(talk: &mut Talk) -> io::Result<String> {
    let mut line = String::new();
    talk.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn note(talk: &mut Talk, shared: &Shared) -> io::Result<()> {
    let line = hear(talk)?;
    shared.heard.lock().unwrap().push(line);
    Ok(())
}

/// The address and the password in a message of SASL PLAIN.
fn credentials(line: &str) -> (String, String) {
    let message = String::from_utf8(STANDARD.decode(line).unwrap()).unwrap();
    let mut parts = message.split('\0').skip(1).map(str::to_owned);
    (parts.next().unwrap(), parts.next().unwrap())
}
