//! A forged answer goes over the wire.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::thread::sleep;
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;
use rustls::{ServerConnection, StreamOwned};

use super::answer::{Ending, Piece};

/// The side of a connection that the programs talk to.
pub(super) type Stream = StreamOwned<ServerConnection, TcpStream>;

/// Sends the pieces, as long as the other side takes them.
pub(super) fn pieces(stream: &mut Stream, pieces: &[Piece]) -> io::Result<()> {
    for piece in pieces {
        match piece {
            Piece::Endless { endless } => {
                let many = endless.repeat((16 << 10) / endless.len() + 1);
                loop {
                    stream.write_all(many.as_bytes())?;
                }
            }
            Piece::Drip { drip, ms } => {
                for byte in drip.bytes() {
                    stream.write_all(&[byte])?;
                    sleep(Duration::from_millis(*ms));
                }
            }
            Piece::Pause { pause } => {
                stream.flush()?;
                sleep(Duration::from_millis(*pause));
            }
            whole => stream.write_all(&whole.bytes().unwrap_or_default())?,
        }
    }
    stream.flush()
}

/// Ends the connection so; true where it is kept.
pub(super) fn end(stream: &mut Stream, ending: Ending) -> io::Result<bool> {
    match ending {
        Ending::Keep => return Ok(true),
        Ending::Close => {
            stream.conn.send_close_notify();
            stream.flush()?;
            stream.sock.shutdown(Shutdown::Both)?;
        }
        Ending::Cut => stream.sock.shutdown(Shutdown::Both)?,
        // With nothing left to wait for, the system resets the connection when it is dropped.
        Ending::Reset => set_socket_linger(&stream.sock, Some(Duration::ZERO))?,
        Ending::Hang => while stream.read(&mut [0; 1024])? > 0 {},
    }
    Ok(false)
}
