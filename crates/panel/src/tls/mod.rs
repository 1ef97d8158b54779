//! The panel's certificates and its side of TLS.

mod acceptor;
mod identity;
mod issue;
mod shape;

pub(crate) use acceptor::acceptor;
pub(crate) use identity::Identity;
pub(crate) use shape::Shape;
