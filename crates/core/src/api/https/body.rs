//! The body of one request, which knows whether anything of it was taken to be sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use zeroize::Zeroizing;

use crate::failpoint::failpoint;

/// Whether a request's body was taken to be sent. As long as it was not, the panel cannot have acted: a function
/// without its arguments does nothing.
#[derive(Clone, Debug)]
pub(super) struct Taken(Arc<AtomicBool>);

impl Taken {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A form body, wiped when the last holder drops it. It holds secrets, so it cannot be shown.
pub(super) struct FormBody {
    form: Option<Bytes>,
    taken: Taken,
}

impl FormBody {
    /// A body, and what tells whether it was taken. An empty one counts as taken from the start, because nobody asks
    /// for it.
    pub(super) fn new(form: Zeroizing<Vec<u8>>) -> (Self, Taken) {
        let taken = Taken(Arc::new(AtomicBool::new(form.is_empty())));
        (Self { form: Some(Bytes::from_owner(form)), taken: taken.clone() }, taken)
    }

    /// The body, which is not here any more then.
    pub(super) fn take(&mut self) -> Self {
        Self { form: self.form.take(), taken: self.taken.clone() }
    }
}

impl Body for FormBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        failpoint("https-body", this.form.as_deref().unwrap_or_default());
        this.taken.0.store(true, Ordering::Release);
        Poll::Ready(this.form.take().map(|form| Ok(Frame::data(form))))
    }

    fn is_end_stream(&self) -> bool {
        self.form.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.form.as_ref().map_or(0, |form| form.len() as u64))
    }
}
