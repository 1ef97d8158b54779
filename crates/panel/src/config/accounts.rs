//! What the configuration file says about an account.

use serde::Deserialize;

use super::uids::uids;
use crate::text::Language;

/// One cPanel account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountConfig {
    /// Its user name.
    pub(crate) name: String,
    /// Its main domain.
    pub(crate) domain: String,
    /// Its further (addon) domains.
    #[serde(default)]
    pub(crate) domains: Vec<String>,
    /// Its API tokens; one is made up when there are none.
    #[serde(default)]
    pub(crate) tokens: Vec<TokenConfig>,
    /// Its own password, which Basic authentication takes; without one no password fits.
    #[serde(default)]
    pub(crate) password: Option<String>,
    /// The user of WHM who owns it.
    #[serde(default = "root")]
    pub(crate) owner: String,
    /// The system's users that it is to local programs.
    #[serde(default, rename = "uid", deserialize_with = "uids")]
    pub(crate) uids: Vec<u32>,
    /// Whether it has two-factor authentication on.
    #[serde(default)]
    pub(crate) two_factor: bool,
    /// Whether it is suspended.
    #[serde(default)]
    pub(crate) suspended: bool,
    /// Features that are off for it, such as `popaccts`.
    #[serde(default)]
    pub(crate) features_off: Vec<String>,
    /// The language it is spoken to in.
    #[serde(default)]
    pub(crate) locale: Language,
    /// Its mailboxes.
    #[serde(default)]
    pub(crate) mailboxes: Vec<MailboxConfig>,
    /// Mailboxes by the thousand.
    #[serde(default)]
    pub(crate) generate: Vec<GenerateConfig>,
}

fn root() -> String {
    "root".to_owned()
}

/// One API token.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenConfig {
    /// What its owner calls it.
    pub(crate) name: String,
    /// The token itself; made up when absent.
    #[serde(default)]
    pub(crate) secret: Option<String>,
    /// The features it is limited to; full access when absent.
    #[serde(default)]
    pub(crate) features: Option<Vec<String>>,
    /// Whether it was revoked.
    #[serde(default)]
    pub(crate) revoked: bool,
    /// When it ends, in seconds of Unix time.
    #[serde(default)]
    pub(crate) expires: Option<i64>,
}

/// One mailbox.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailboxConfig {
    /// Its full address.
    pub(crate) address: String,
    /// Its password; without one no password fits.
    #[serde(default)]
    pub(crate) password: Option<String>,
    /// Whether its logins are suspended.
    #[serde(default)]
    pub(crate) suspended_login: bool,
    /// Whether its incoming mail is suspended.
    #[serde(default)]
    pub(crate) suspended_incoming: bool,
}

/// Many mailboxes of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GenerateConfig {
    /// How many.
    count: u32,
    /// The local part, in which `{n}` stands for 1, 2, 3 and so on.
    pattern: String,
    /// The domain.
    domain: String,
    /// The password of all of them; without one no password fits.
    #[serde(default)]
    password: Option<String>,
}

impl GenerateConfig {
    /// The mailboxes meant.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = MailboxConfig> + '_ {
        (1..=self.count).map(|number| MailboxConfig {
            address: format!("{}@{}", self.pattern.replace("{n}", &number.to_string()), self.domain),
            password: self.password.clone(),
            suspended_login: false,
            suspended_incoming: false,
        })
    }
}
