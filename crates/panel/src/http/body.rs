//! A body that goes out piece by piece, and may break off.

use std::convert::Infallible;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::{Either, Full};
use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Any body the panel sends.
pub(crate) type ReplyBody = Either<Full<Bytes>, Pieces>;

/// The body broke off, as it was meant to.
#[derive(Debug, thiserror::Error)]
#[error("the body is cut off here")]
pub(crate) struct CutOff;

impl From<Infallible> for CutOff {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Pieces of a body with a pause after each.
pub(crate) struct Pieces {
    rest: Bytes,
    announced: u64,
    size: usize,
    pause: Duration,
    pausing: Option<Pin<Box<Sleep>>>,
    whole: bool,
}

impl Pieces {
    /// All of `body`, in pieces of `size` bytes.
    pub(crate) fn drip(body: Bytes, size: usize, pause: Duration) -> Self {
        Self { announced: body.len() as u64, rest: body, size: size.max(1), pause, pausing: None, whole: true }
    }

    /// The first half of `body`, announced as the whole, and then nothing.
    pub(crate) fn half(body: &Bytes) -> Self {
        let rest = body.slice(..body.len() / 2);
        let (announced, size) = (body.len() as u64, rest.len().max(1));
        Self { announced, rest, size, pause: Duration::from_millis(1), pausing: None, whole: false }
    }

    fn next_piece(&mut self) -> Bytes {
        self.pausing = Some(Box::pin(sleep(self.pause)));
        self.rest.split_to(self.size.min(self.rest.len()))
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        let this = self.get_mut();
        if let Some(pausing) = &mut this.pausing {
            ready!(pausing.as_mut().poll(context));
            this.pausing = None;
        }
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(this.next_piece()))));
        }
        Poll::Ready(if this.whole { None } else { Some(Err(CutOff)) })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use http_body_util::BodyExt as _;

    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    #[test]
    fn a_dripped_body_arrives_whole() {
        let body = Pieces::drip(Bytes::from_static(b"abcdefg"), 3, Duration::ZERO);
        assert_eq!(run(body.collect()).unwrap().to_bytes(), "abcdefg");
    }

    #[test]
    fn half_a_body_announces_all_of_it_and_breaks_off() {
        let body = Pieces::half(&Bytes::from_static(b"abcdefg"));
        assert_eq!(body.size_hint().exact(), Some(7));
        assert!(run(body.collect()).is_err());
    }
}
