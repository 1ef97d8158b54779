//! Mail servers: whether a mailbox lets somebody in with a password, by a real login.
//!
//! [`Mail`] is the joint: *take an address and a password, say whether it lets in*. [`Imaps`] does so over IMAP within TLS.

mod conversation;
mod error;
mod imaps;
mod joint;
mod plain;
mod said;
mod server;
mod settings;

pub use error::MailError;
pub use imaps::Imaps;
pub use joint::{LoggingIn, Login, Mail};
pub use server::{MailServer, MailServerError};
pub use settings::MailSettings;
