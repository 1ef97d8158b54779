//! The crates that are built into our programs and tests, as cargo names them.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::shell::{cargo_program, output_of};

/// The platform for which the programs are made; crates for others are not looked at.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A crate.
#[derive(Clone, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license: Option<String>,
    /// Where it comes from; none for our own.
    pub(super) source: Option<String>,
}

/// Every crate of the lock file that is used on our platform.
pub(super) fn packages() -> Result<Vec<Package>> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM];
    let metadata: Metadata =
        serde_json::from_str(&output_of(&cargo_program(), &arguments)?).context("cargo metadata makes no sense")?;
    Ok(metadata.packages)
}
