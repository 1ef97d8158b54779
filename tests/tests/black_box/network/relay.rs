//! A bad line: passes bytes on between the programs and a server, as long as it is told to.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;

/// What a line does with one connection.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where it leads; nowhere, and it is reset at once.
    pub(crate) to: Option<String>,
    /// After so many bytes to the server it is reset.
    pub(crate) up: usize,
    /// After so many bytes from the server it is reset.
    pub(crate) down: usize,
    /// This byte from the server is not what it was.
    pub(crate) flipped: Option<usize>,
    /// So many bytes at once, with a moment between them.
    pub(crate) slowly: Option<usize>,
}

impl Line {
    /// A good line to that address.
    pub(crate) fn to(address: &str) -> Self {
        Self { to: Some(address.to_owned()), up: usize::MAX, down: usize::MAX, flipped: None, slowly: None }
    }

    /// No line.
    pub(crate) fn cut() -> Self {
        Self { to: None, ..Self::to("") }
    }
}

/// Listens, and gives each connection a line by its number, from 0.
pub(crate) struct Relay {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
}

impl Relay {
    pub(crate) fn start(line: impl Fn(usize) -> Line + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        thread::spawn(move || {
            for here in listener.incoming().flatten() {
                connect(&here, &line(count.fetch_add(1, Ordering::Relaxed)));
            }
        });
        Self { port, connections }
    }

    /// As `--host` takes it.
    pub(crate) fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

fn connect(here: &TcpStream, line: &Line) {
    let Some(there) = line.to.as_ref().and_then(|address| TcpStream::connect(address).ok()) else {
        return reset(here);
    };
    let up = Pump { bytes: line.up, flipped: None, slowly: line.slowly };
    let down = Pump { bytes: line.down, flipped: line.flipped, slowly: line.slowly };
    for (pump, from, to) in [(up, here, &there), (down, &there, here)] {
        from.set_nodelay(true).unwrap();
        let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        thread::spawn(move || pump.work(from, to));
    }
}

fn reset(stream: &TcpStream) {
    let _gone = set_socket_linger(stream, Some(Duration::ZERO));
    let _gone = stream.shutdown(Shutdown::Both);
}

/// One direction of a line.
struct Pump {
    bytes: usize,
    flipped: Option<usize>,
    slowly: Option<usize>,
}

impl Pump {
    fn work(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut passed = 0;
        let mut chunk = vec![0; self.slowly.unwrap_or(16 << 10)];
        while let Ok(count @ 1..) = from.read(&mut chunk) {
            let count = count.min(self.bytes - passed);
            if let Some(position) = self.flipped.and_then(|position| position.checked_sub(passed))
                && position < count
            {
                chunk[position] ^= 0x55;
            }
            passed += count;
            if to.write_all(&chunk[..count]).is_err() || passed == self.bytes {
                break;
            }
            if self.slowly.is_some() {
                thread::sleep(Duration::from_millis(1));
            }
        }
        if passed == self.bytes {
            reset(&from);
            reset(&to);
        } else {
            let _gone = to.shutdown(Shutdown::Write);
        }
    }
}
