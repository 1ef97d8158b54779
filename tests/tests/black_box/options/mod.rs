//! Every option does what its help says.

mod list;
mod output;
mod pace;
mod panel;
mod profile;
mod program;
mod run;
pub(crate) mod table;
mod token;
mod whm;
