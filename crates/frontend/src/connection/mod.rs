//! The way to a panel: what the user says of it, and the connection that is made ready from that.

mod args;
mod blocked;
mod connect;
mod door;
mod https;
mod local;
mod mail;
mod pace;
mod way;

pub use args::{ConnectionArgs, FaceChoice};
pub use blocked::{MAY_BE_BLOCKED, may_be_a_block};
pub use door::{Door, Explanation};
pub use pace::PaceArgs;
pub use way::Connection;
