//! What the configuration file says about the users of WHM.

use serde::Deserialize;

use super::accounts::TokenConfig;
use super::uids::uids;

/// Root, or a reseller.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorConfig {
    /// The user name.
    pub(crate) user: String,
    /// The API tokens; one with every privilege is made up when there are none.
    #[serde(default)]
    pub(crate) tokens: Vec<WhmTokenConfig>,
    /// The system's users that it is to local programs, beside those of the account of its name.
    #[serde(default, rename = "uid", deserialize_with = "uids")]
    pub(crate) uids: Vec<u32>,
}

/// One API token of WHM.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhmTokenConfig {
    /// What its owner calls it.
    name: String,
    /// The token itself; made up when absent.
    #[serde(default)]
    secret: Option<String>,
    /// Its privileges, such as `passwd`; `all` is every one, and so is nothing said.
    #[serde(default)]
    acls: Option<Vec<String>>,
    /// Whether it was revoked.
    #[serde(default)]
    revoked: bool,
    /// When it ends, in seconds of Unix time.
    #[serde(default)]
    expires: Option<i64>,
}

impl From<WhmTokenConfig> for TokenConfig {
    fn from(token: WhmTokenConfig) -> Self {
        let WhmTokenConfig { name, secret, acls, revoked, expires } = token;
        Self { name, secret, features: acls, revoked, expires }
    }
}
