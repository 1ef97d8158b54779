//! One connection to the panel, over which one request goes at a time.

use std::time::Duration;

use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, timeout};
use tokio_rustls::client::TlsStream;

use super::body::FormBody;

/// How long an idle connection is used again: shorter than servers keep theirs (Apache's default is 5 s), so that a call
/// rarely meets one that is about to be closed.
const KEPT_IDLE: Duration = Duration::from_secs(4);

/// How long a connection may take for what is behind it: the end of an answer, or its own.
const SOON: Duration = Duration::from_millis(100);

/// A connection that is open, or was.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<FormBody>,
    driver: Driver,
    used: Instant,
}

/// The task that moves a connection's bytes. Dropped, it ends, and with it the connection.
#[derive(Debug)]
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Connection {
    /// Speaks HTTP/1.1 over this.
    ///
    /// # Errors
    ///
    /// As the library says; today nothing can fail there.
    pub(super) async fn new(stream: TlsStream<TcpStream>) -> hyper::Result<Self> {
        let (sender, driving) = http1::handshake(TokioIo::new(stream)).await?;
        // The request that is under way learns what goes wrong.
        let driver = tokio::spawn(async move { drop(driving.await) });
        Ok(Self { sender, driver: Driver(driver), used: Instant::now() })
    }

    /// Waits until the answer before is through, and says whether another request can go over it.
    ///
    /// If the server has closed the connection behind the answer, or has said more, that is noticed: in one turn the runtime looks what has come,
    /// and in another the driver reads it.
    pub(super) async fn is_usable(&mut self) -> bool {
        for _ in 0..2 {
            yield_now().await;
        }
        self.used.elapsed() < KEPT_IDLE
            && (self.sender.is_ready() || matches!(timeout(SOON, self.sender.ready()).await, Ok(Ok(()))))
    }

    /// Sends a request; its answer's head comes later.
    ///
    /// # Errors
    ///
    /// As the library says; with the request itself where nothing of it was sent, because the connection had ended.
    pub(super) fn send(
        &mut self,
        request: Request<FormBody>,
    ) -> impl Future<Output = Result<Response<Incoming>, TrySendError<Request<FormBody>>>> + use<> {
        self.sender.try_send_request(request)
    }

    /// Notes that nobody needs it for now.
    pub(super) fn rest(&mut self) {
        self.used = Instant::now();
    }

    /// Ends it, and waits until it is closed: so there is never one more than there may be.
    pub(super) async fn close(mut self) {
        drop(self.sender);
        if timeout(SOON, &mut self.driver.0).await.is_err() {
            self.driver.0.abort();
            // It was told to end, which is no failure.
            drop((&mut self.driver.0).await);
        }
    }
}
