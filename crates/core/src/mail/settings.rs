//! What logins over IMAPS depend on.

use std::time::Duration;

use super::server::MailServer;
use crate::api::https::{Resolve, Trust};

/// What logins over IMAPS depend on.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The server of all mailboxes; without it, each mailbox's domain is its server.
    pub server: Option<MailServer>,
    /// Which certificates are accepted: the panel's trust, since a cPanel server shows one certificate at all its services.
    pub trust: Trust,
    /// Addresses that are not asked of the system; those of other hosts or ports are passed over, as with curl.
    pub resolve: Vec<Resolve>,
    /// How long a connection may take, TLS included.
    pub connect_timeout: Duration,
    /// How long the login may take from then on, the farewell not included.
    pub timeout: Duration,
}
