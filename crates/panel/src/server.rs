//! Listens on the ports, and hands every request to who answers it.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::HandshakeKind;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::spawn_local;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;

use crate::control;
use crate::desk;
use crate::http::{Connection, Wire};
use crate::panel::Panel;
use crate::subject::Face;

/// How long nothing is accepted after a failure.
const PAUSE: Duration = Duration::from_millis(10);

/// Accepts connections to a face, for as long as it is polled.
pub(crate) async fn serve_face(face: Face, listener: TcpListener, acceptor: TlsAcceptor, panel: Rc<Panel>) {
    loop {
        let (stream, peer) = accept(&listener).await;
        let connection = Connection::open(peer.ip().to_string(), &panel.counters);
        spawn_local(serve_connection(face, stream, acceptor.clone(), Rc::clone(&panel), connection));
    }
}

/// The next connection. A shortage of descriptors passes, so failures are tried again a little later.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// A client that breaks off needs no answer, so errors of a connection end it and nothing else.
async fn serve_connection(
    face: Face,
    stream: TcpStream,
    acceptor: TlsAcceptor,
    panel: Rc<Panel>,
    connection: Rc<Connection>,
) {
    let _ = stream.set_nodelay(true);
    let wire = Wire::new(stream, Rc::clone(&connection));
    let Ok(stream) = acceptor.accept(wire).await else { return panel.counters.handshake_failed() };
    if stream.get_ref().1.handshake_kind() == Some(HandshakeKind::Resumed) {
        panel.counters.handshake_resumed();
    }
    let service = service_fn(|request| desk::serve(Rc::clone(&panel), face, Rc::clone(&connection), request));
    let mut http = http1::Builder::new();
    http.title_case_headers(true);
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

/// Accepts connections to the control port, for as long as it is polled.
pub(crate) async fn serve_control(listener: TcpListener, panel: Rc<Panel>) {
    loop {
        let (stream, _) = accept(&listener).await;
        let panel = Rc::clone(&panel);
        spawn_local(async move {
            let service = service_fn(|request| control::serve(Rc::clone(&panel), request));
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
