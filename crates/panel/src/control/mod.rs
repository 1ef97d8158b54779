//! The control port: what a test or a demo asks the panel beside the calls that a client makes.

mod routes;
mod verify;

pub(crate) use routes::serve;
