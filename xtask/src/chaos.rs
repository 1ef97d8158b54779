//! `cargo xtask chaos`: runs in which everything goes wrong, in virtual time. The program stands in `fuzz/chaos`.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, root, run as start};

/// How many runs of every fault each change is held to.
pub(crate) const SEEDS: u64 = 200;

/// The folder in which it is built, the profile, and the profile's folder in that: of what the tests have built already, or with all that
/// makes it fast.
const AS_FOR_TESTS: (&str, &str, &str) = ("target", "dev", "debug");
const OPTIMISED: (&str, &str, &str) = ("target/fuzz", "release", "release");

/// Makes so many runs of every fault, or of the one that is named, from this seed on.
pub(crate) fn run(seeds: u64, first: u64, fault: Option<&str>) -> Result<()> {
    let (folder, profile, place) = if seeds > SEEDS { OPTIMISED } else { AS_FOR_TESTS };
    let package = ["--manifest-path", "fuzz/Cargo.toml", "--package", "cprekey-chaos"];
    let build = ["build", "--profile", profile, "--quiet", "--locked", "--target-dir", folder];
    cargo(&[&build[..], &package].concat(), &[])?;
    let program = root().join(folder).join(place).join("cprekey-chaos");
    let program = program.to_str().context("the project's path is not UTF-8")?;
    let (seeds, first) = (seeds.to_string(), first.to_string());
    let arguments: Vec<&str> = [seeds.as_str(), &first].into_iter().chain(fault).collect();
    start(program, &arguments, &root())
}
