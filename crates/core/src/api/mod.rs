//! The panel's API: [`Call`]s, [`Answer`]s, and the one joint between them, the trait [`Panel`].

mod answer;
mod call;
mod fault;
mod panel;

pub use answer::{Answer, Verdict};
pub use call::{Argument, Call};
pub use fault::Fault;
pub use panel::{Answering, Panel};
