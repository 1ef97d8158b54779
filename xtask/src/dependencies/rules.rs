//! The parts of `deny.toml` that are checked here.

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Rules {
    pub(super) licenses: Licenses,
    pub(super) bans: Bans,
}

#[derive(Deserialize)]
pub(super) struct Licenses {
    pub(super) allow: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Bans {
    /// Crates that may be there in several versions.
    pub(super) skip: Vec<Named>,
    /// Crates that may not be there.
    pub(super) deny: Vec<Named>,
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) reason: String,
}
