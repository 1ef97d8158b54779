//! The configuration file: read, completed and checked.

mod accounts;
mod load;

pub(crate) use accounts::{AccountConfig, MailboxConfig, TokenConfig};
pub(crate) use load::Config;
