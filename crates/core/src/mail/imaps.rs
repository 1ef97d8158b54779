//! Logins over IMAPS.

use std::sync::Arc;

use rustls::ClientConfig;
use secrecy::SecretString;

use super::conversation;
use super::error::MailError;
use super::joint::{LoggingIn, Login, Mail};
use super::server::{IMAPS, MailServer};
use super::settings::MailSettings;
use crate::address::Address;
use crate::api::Fault;
use crate::api::https::Dialler;

/// Mail servers, over IMAP within TLS.
///
/// It must be used within a tokio runtime with I/O and time.
#[derive(Debug)]
pub struct Imaps {
    settings: MailSettings,
    dialler: Dialler,
    tls: Arc<ClientConfig>,
}

impl Imaps {
    /// Prepares everything and connects to nothing.
    ///
    /// # Errors
    ///
    /// Fails where the trusted certificates cannot be had.
    pub fn new(settings: MailSettings) -> Result<Self, MailError> {
        let port = settings.server.as_ref().map_or(IMAPS, |server| server.port);
        let tls = Arc::new(settings.trust.client_config(port)?);
        let dialler = Dialler::new(settings.resolve.clone(), settings.connect_timeout);
        Ok(Self { settings, dialler, tls })
    }

    /// The server of a mailbox; none where its domain cannot be the name of one.
    fn server_of(&self, mailbox: &Address) -> Option<MailServer> {
        let own = || mailbox.domain().parse().ok().map(MailServer::at);
        self.settings.server.clone().or_else(own)
    }

    async fn try_login(&self, mailbox: &Address, password: &SecretString) -> Login {
        let Some(server) = self.server_of(mailbox) else {
            return Login::down("the mailbox's domain cannot be the name of a mail server; name that by --imap-host");
        };
        match self.dialler.dial(&server.host, server.port, &self.tls).await {
            Ok(stream) => conversation::log_in(stream, mailbox, password, self.settings.timeout).await,
            Err(Fault::Untrusted { detail, .. }) => Login::down(format!("its certificate is not trusted: {detail}")),
            Err(Fault::Unreachable { detail }) => Login::down(detail),
            Err(other) => Login::down(other.to_string()),
        }
    }
}

impl Mail for Imaps {
    fn server(&self, mailbox: &Address) -> String {
        self.server_of(mailbox).map_or_else(|| mailbox.domain().to_owned(), |server| server.to_string())
    }

    fn log_in<'a>(&'a self, mailbox: &'a Address, password: &'a SecretString) -> LoggingIn<'a> {
        Box::pin(self.try_login(mailbox, password))
    }
}
