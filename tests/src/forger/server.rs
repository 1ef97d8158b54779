//! The forger: it listens, passes requests on to the panel, and forges the answer to one.

use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::ServerConnection;

use super::answer::Forgery;
use super::message::Message;
use super::play::{self, Stream};
use super::upstream::Upstream;
use crate::deadline::DEADLINE;
use crate::identity::Identity;
use crate::panel::Panel;
use crate::place::Place;

/// The requests whose answer is forged: those for this path whose body holds these texts.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// As in `/execute/Email/passwd_pop`.
    pub path: &'static str,
    /// As in `user1%40example.com`.
    pub within: &'static [&'static str],
}

/// A server between the programs and a panel. It listens until it is dropped.
pub struct Forger {
    port: u16,
    ca_file: PathBuf,
    shared: Arc<Shared>,
}

struct Shared {
    identity: Identity,
    upstream: Upstream,
    forged: Mutex<(Aim, Forgery)>,
    /// The paths of the requests that came, in their order.
    paths: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Forger {
    /// Begins to listen before the panel's cPanel face, or before WHM where the path is one of WHM's, and to forge.
    pub fn start(place: &Place, panel: &Panel, aim: Aim, forgery: Forgery) -> Self {
        let identity = Identity::new();
        let folder = place.new_folder("forger");
        let ca_file = place.path(&format!("{folder}/ca.pem"));
        std::fs::write(&ca_file, &identity.pem).unwrap();
        let host = if aim.path.starts_with("/execute/") { panel.host() } else { panel.whm_host() };
        let upstream = Upstream::new(&host, panel.ca_file());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Shared {
            identity,
            upstream,
            forged: Mutex::new((aim, forgery)),
            paths: Mutex::default(),
            is_over: AtomicBool::new(false),
        };
        let shared = Arc::new(shared);
        let listening = Arc::clone(&shared);
        thread::spawn(move || listen(&listener, &listening));
        Self { port, ca_file, shared }
    }

    /// Forges this answer from now on, and forgets which requests came so far.
    pub fn forge(&self, aim: Aim, forgery: Forgery) {
        *self.shared.forged.lock().unwrap() = (aim, forgery);
        self.shared.paths.lock().unwrap().clear();
    }

    /// The options that lead a program here in the place of the panel.
    pub fn options(&self) -> [String; 4] {
        let ca_file = self.ca_file.to_str().unwrap().to_owned();
        ["--host".to_owned(), format!("localhost:{}", self.port), "--cacert".to_owned(), ca_file]
    }

    /// How many requests for this path came.
    pub fn calls(&self, path: &str) -> usize {
        self.shared.paths.lock().unwrap().iter().filter(|came| *came == path).count()
    }
}

impl Drop for Forger {
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

fn serve(tcp: TcpStream, shared: &Shared) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    tcp.set_read_timeout(Some(DEADLINE))?;
    tcp.set_write_timeout(Some(DEADLINE))?;
    let connection = ServerConnection::new(Arc::clone(&shared.identity.config)).map_err(io::Error::other)?;
    let mut stream = Stream::new(connection, tcp);
    let mut passage = shared.upstream.passage();
    while let Some(request) = Message::read(&mut stream)? {
        shared.paths.lock().unwrap().push(request.path());
        let (aim, forgery) = shared.forged.lock().unwrap().clone();
        let body = request.body();
        if request.path() != aim.path || !aim.within.iter().all(|text| body.contains(text)) {
            stream.write_all(&passage.forward(&request.bytes)?)?;
            continue;
        }
        if forgery.applied {
            passage.forward(&request.bytes)?;
        }
        play::pieces(&mut stream, &forgery.pieces)?;
        if !play::end(&mut stream, forgery.ending)? {
            return Ok(());
        }
    }
    Ok(())
}
