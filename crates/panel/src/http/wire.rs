//! The socket beneath TLS, which is counted and can be told to end in a reset.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::counters::Counters;

/// One connection of a face.
pub(crate) struct Connection {
    /// Its number, counted from 1.
    pub(crate) number: u64,
    /// The address it came from.
    pub(crate) peer: String,
    reset: Cell<bool>,
    counters: Rc<Counters>,
}

impl Connection {
    /// A new connection, counted as open until it is dropped.
    pub(crate) fn open(peer: String, counters: &Rc<Counters>) -> Rc<Self> {
        let number = counters.connection_opened();
        Rc::new(Self { number, peer, reset: Cell::new(false), counters: Rc::clone(counters) })
    }

    /// Lets the connection end in a TCP reset.
    pub(crate) fn reset_at_end(&self) {
        self.reset.set(true);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.counters.connection_closed();
    }
}

/// The socket of a connection.
pub(crate) struct Wire {
    stream: TcpStream,
    connection: Rc<Connection>,
}

impl Wire {
    /// Wraps the socket.
    pub(crate) fn new(stream: TcpStream, connection: Rc<Connection>) -> Self {
        Self { stream, connection }
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.connection.reset.get() {
            // Where the system refuses, the connection ends in the ordinary way.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream().poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(context)
    }
}
