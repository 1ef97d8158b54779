//! `cargo xtask dependencies`: what the crates that we use must keep to, by the rules in `deny.toml`.
//!
//! It asks cargo alone, so that there is nothing to install; the rules are in the form that cargo-deny reads.

mod check;
mod licence;
mod metadata;
mod rules;

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::shell::{root, say};

/// Checks licences, versions and sources.
pub(crate) fn run() -> Result<()> {
    let text = fs::read_to_string(root().join("deny.toml")).context("deny.toml cannot be read")?;
    let rules = toml::from_str(&text).context("deny.toml makes no sense")?;
    let packages = metadata::packages()?;
    let offences = check::all(&packages, &rules);
    for offence in &offences {
        say(offence);
    }
    match offences.len() {
        0 => say(&format!("dependencies: {} crates keep to deny.toml", packages.len())),
        count => bail!("{count} crates do not keep to deny.toml (they stand above)"),
    }
    Ok(())
}
