//! The panel's API: [`Call`]s, [`Answer`]s, and the one joint between them, the trait [`Panel`].
//!
//! [`function`] builds typed calls and reads their data, [`wire`] says what an envelope means, [`https`] carries
//! calls to a panel over HTTPS. A new function, a new envelope and a new transport are one new file each.

mod answer;
mod call;
pub mod command;
mod fault;
mod field;
mod form;
pub mod function;
mod gateway;
pub mod https;
mod panel;
mod refusal;
mod scope;
pub mod wire;

pub use answer::{Answer, Verdict};
pub use call::{Api, Argument, Call};
pub use fault::Fault;
pub use field::Field;
pub use panel::{Answering, Panel};
pub use refusal::reason;
pub use scope::Scope;
