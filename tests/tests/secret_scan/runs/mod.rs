//! The runs that are searched.

mod echoes;
mod endings;
mod https;
mod kept;
mod kept_out;
mod local;
mod one_call;
mod panics;
mod screen;
mod tokens;
mod whm;
