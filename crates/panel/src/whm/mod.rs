//! WHM API 1: its functions, one file each, and the envelope they answer in.

mod account;
mod batch;
mod call;
mod command;
mod cpanel;
mod envelope;
mod get_password_strength;
mod getdomainowner;
mod listaccts;
mod listsuspended;
mod passwd;
mod run;
mod table;
mod uapi_cpanel;

pub(crate) use account::account_of;
pub(crate) use call::WhmCall;
pub(crate) use run::run;
