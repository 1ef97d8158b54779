//! The one joint: take a call, give an answer or a fault.

use std::future::Future;
use std::pin::Pin;

use super::answer::Answer;
use super::call::Call;
use super::fault::Fault;

/// An answer that is on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, Fault>> + 'a>>;

/// A way to a panel.
pub trait Panel {
    /// Makes one call, once: no retry, no pace, no second thought.
    ///
    /// # Errors
    ///
    /// Gives a [`Fault`] where there is no usable answer; an explicit no is an [`Answer`].
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a>;
}
