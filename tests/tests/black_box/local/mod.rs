//! On the server itself, through its own programs.

mod accounts;
mod as_remotely;
mod breakage;
mod equal;
mod ground;
mod in_place;
mod jobs;
mod strings;
pub(crate) mod trace;
mod traces;
mod trust;
mod whose;
