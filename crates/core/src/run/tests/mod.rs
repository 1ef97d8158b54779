//! Runs on a scripted panel, a theme a file.

mod case;
mod singly;
mod together;
