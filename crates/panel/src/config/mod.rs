//! The configuration file: read, completed and checked.

mod accounts;
mod load;
mod operators;
mod uids;

pub(crate) use accounts::{AccountConfig, MailboxConfig, TokenConfig};
pub(crate) use load::Config;
pub(crate) use operators::OperatorConfig;
