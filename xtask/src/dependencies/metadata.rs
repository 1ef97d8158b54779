//! The crates that are built into our programs and tests, as cargo names them.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::shell::{cargo_program, output_of};

/// The platform for which the programs are made; crates for others are not looked at.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
}

/// A crate.
#[derive(Clone, Deserialize)]
pub(super) struct Package {
    /// What cargo knows it by, source and version included.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license: Option<String>,
    /// Where it comes from; none where that is a folder.
    pub(super) source: Option<String>,
    /// Whether it belongs to our workspace.
    #[serde(skip)]
    pub(super) is_ours: bool,
}

/// The workspaces that there are, by their manifests: each has a lock file of its own.
const WORKSPACES: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// Every crate of the lock files that is used on our platform, each once.
pub(super) fn packages() -> Result<Vec<Package>> {
    let mut packages: Vec<Package> = Vec::new();
    for manifest in WORKSPACES {
        let workspace = ["metadata", "--manifest-path", manifest];
        let arguments = ["--format-version", "1", "--locked", "--filter-platform", PLATFORM];
        for package in understand(&output_of(&cargo_program(), &[&workspace[..], &arguments].concat())?)? {
            if packages.iter().all(|known| known.id != package.id) {
                packages.push(package);
            }
        }
    }
    Ok(packages)
}

fn understand(metadata: &str) -> Result<Vec<Package>> {
    let Metadata { mut packages, workspace_members } =
        serde_json::from_str(metadata).context("cargo metadata makes no sense")?;
    for package in &mut packages {
        package.is_ours = workspace_members.contains(&package.id);
    }
    Ok(packages)
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_members_of_the_workspace_are_ours() {
        let package =
            |name: &str| format!(r#"{{"id": "path+file:///{name}#1.0.0", "name": "{name}", "version": "1.0.0"}}"#);
        let [ours, elsewhere] = ["ours", "elsewhere"].map(package);
        let metadata =
            format!(r#"{{"packages": [{ours}, {elsewhere}], "workspace_members": ["path+file:///ours#1.0.0"]}}"#);
        let packages = understand(&metadata).expect("metadata");
        assert_eq!(packages.iter().map(|package| package.is_ours).collect::<Vec<_>>(), [true, false]);
    }
}
