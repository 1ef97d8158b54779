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

/// How long it may take to say that a connection ends.
const FAREWELL: Duration = Duration::from_millis(100);

/// A connection, and the task that moves its bytes.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<FormBody>,
    driver: JoinHandle<()>,
    used: Instant,
}

impl Connection {
    /// Speaks HTTP/1.1 over this.
    ///
    /// # Errors
    ///
    /// As the library says, which today has no reason to.
    pub(super) async fn new(stream: TlsStream<TcpStream>) -> hyper::Result<Self> {
        let (sender, driving) = http1::handshake(TokioIo::new(stream)).await?;
        // What goes wrong on it, the request under way is told.
        let driver = tokio::spawn(async move { drop(driving.await) });
        Ok(Self { sender, driver, used: Instant::now() })
    }

    /// Waits until the answer before is through, and says whether another request can go over it.
    ///
    /// A server that closes behind an answer, or says more than that, is seen where it did so by now: in one turn the runtime looks what has
    /// come, and in another the driver reads it.
    pub(super) async fn is_usable(&mut self) -> bool {
        for _ in 0..2 {
            yield_now().await;
        }
        self.used.elapsed() < KEPT_IDLE && self.sender.ready().await.is_ok()
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
        if timeout(FAREWELL, &mut self.driver).await.is_err() {
            self.driver.abort();
            // It was told to end, which is no failure.
            drop(self.driver.await);
        }
    }
}
