//! What is to be done, and on which panels.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use cprekey_core::SecretString;
use cprekey_core::address::Address;
use cprekey_core::api::https::{Credential, Endpoint, Face, HttpsPanel, HttpsSettings, Trust};
use cprekey_core::pace::Rate;
use serde::Deserialize;

/// How long a connection and an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is to be done.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum What {
    /// A run on each panel.
    Runs,
    /// Calls without a run around them, counted by the job that makes them.
    Turns,
}

/// An order.
#[derive(Deserialize)]
pub(crate) struct Order {
    /// What is to be done.
    pub(crate) what: What,
    /// On which panels.
    pub(crate) panels: Vec<Where>,
    /// At most so many calls a second to each panel, as the command line takes it.
    rate: String,
    /// How many jobs there are for each panel.
    pub(crate) jobs: NonZeroUsize,
    /// How many mailboxes of each panel get a new password: `user1@example.com`, `user2@example.com` and so on.
    pub(crate) rows: u32,
}

/// A panel.
#[derive(Deserialize)]
pub(crate) struct Where {
    /// `HOST:PORT` of its cPanel face.
    host: String,
    /// What is to be trusted.
    ca_file: PathBuf,
    /// The account.
    user: String,
    /// Its token.
    token: String,
}

impl Order {
    /// At most so many calls a second to each panel.
    ///
    /// # Errors
    ///
    /// When the rate is none.
    pub(crate) fn rate(&self) -> Result<Rate> {
        Ok(self.rate.parse()?)
    }
}

impl Where {
    /// The panel, over HTTPS, with as many connections as jobs.
    ///
    /// # Errors
    ///
    /// When what it is trusted by cannot be read.
    pub(crate) fn open(&self, jobs: NonZeroUsize) -> Result<HttpsPanel> {
        let endpoint: Endpoint = self.host.parse()?;
        let settings = HttpsSettings {
            host: endpoint.host,
            face: Face::Cpanel,
            port: endpoint.port.unwrap_or(Face::Cpanel.default_port()),
            credential: Credential { user: self.user.clone(), token: self.token.as_str().into() },
            trust: Trust::CaFile(self.ca_file.clone()),
            resolve: Vec::new(),
            connect_timeout: PATIENCE,
            timeout: PATIENCE,
            connections: jobs,
        };
        Ok(HttpsPanel::new(&settings)?)
    }
}

/// The mailbox of a number, from 1.
///
/// # Errors
///
/// Never, for these are addresses.
pub(crate) fn mailbox(number: u32) -> Result<Address> {
    Ok(Address::parse(&format!("user{number}@example.com"))?)
}

/// Its new password.
pub(crate) fn password(number: u32) -> SecretString {
    SecretString::from(format!("Tide&Orchard#{number}x"))
}
