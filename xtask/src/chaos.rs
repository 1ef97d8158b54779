//! `cargo xtask chaos`: runs in which everything goes wrong, in virtual time. The program stands in `fuzz/chaos`.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, root, run as start};

/// How many runs of every fault each change is held to.
pub(crate) const SEEDS: u64 = 200;

/// Makes so many runs of every fault, or of the one that is named, from this seed on.
pub(crate) fn run(seeds: u64, first: u64, fault: Option<&str>) -> Result<()> {
    // In the folder of the tests: its libraries are those that they have built already.
    let build = ["build", "--quiet", "--locked", "--target-dir", "target"];
    cargo(&[&build[..], &["--manifest-path", "fuzz/Cargo.toml", "--package", "cprekey-chaos"]].concat(), &[])?;
    let program = root().join("target/debug/cprekey-chaos");
    let program = program.to_str().context("the project's path is not UTF-8")?;
    let (seeds, first) = (seeds.to_string(), first.to_string());
    let arguments: Vec<&str> = [seeds.as_str(), &first].into_iter().chain(fault).collect();
    start(program, &arguments, &root())
}
