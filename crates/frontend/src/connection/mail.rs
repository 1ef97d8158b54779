//! The way to mail servers, by what was said of the panel.

use cprekey_core::mail::{Imaps, MailServer, MailSettings};

use super::args::ConnectionArgs;
use super::https::trust;
use crate::failure::Failure;

impl ConnectionArgs {
    /// Makes ready logins over IMAPS, and connects to nothing. What says which panels are trusted, where they are and how long they may take, says
    /// that of mail servers too. `server` is that of all mailboxes; without it, each mailbox's domain is its server.
    ///
    /// # Errors
    ///
    /// Where the trusted certificates cannot be had.
    pub fn mail(&self, server: Option<MailServer>) -> Result<Imaps, Failure> {
        let settings = MailSettings {
            server,
            trust: trust(self.insecure, self.pin.clone(), self.cacert.clone()),
            resolve: self.resolve.clone(),
            connect_timeout: self.connect_timeout,
            timeout: self.timeout,
        };
        Imaps::new(settings).map_err(Failure::bad_input)
    }
}
