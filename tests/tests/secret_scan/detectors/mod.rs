//! The detectors, each for one way by which a secret may get out.

pub(crate) mod connections;
pub(crate) mod dumps;
pub(crate) mod files;
pub(crate) mod names;
pub(crate) mod output;
pub(crate) mod panics;
pub(crate) mod processes;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod writes;
