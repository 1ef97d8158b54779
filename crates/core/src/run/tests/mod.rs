//! Runs on a scripted panel, a theme a file.

mod beginnings;
mod case;
mod door;
mod dying;
mod journaled;
mod logins;
mod singly;
mod together;
