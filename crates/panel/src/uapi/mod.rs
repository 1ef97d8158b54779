//! UAPI: its functions, one file a module, and the envelope they answer in.

mod call;
mod domain_info;
mod email;
mod email_lists;
mod envelope;
mod passwd_strength;
mod table;
mod tokens;
mod variables;

pub(crate) use call::{Call, Outcome};
pub(crate) use envelope::Envelope;
pub(crate) use passwd_strength::required_strength;
pub(crate) use table::run;
