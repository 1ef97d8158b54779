//! A server between the programs and the rehearsal panel that forges one answer, byte by byte, and passes on all others.

mod answer;
mod message;
mod play;
mod server;
mod upstream;

pub use answer::{Ending, Forgery, Piece};
pub use server::{Aim, Forger};
