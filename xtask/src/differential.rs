//! `cargo xtask differential`: generated text lists, read by us and by Python's csv. The program stands in `fuzz/differential`.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, root, run as start};
use crate::tools;

/// Where it is built: beside the fuzz targets, which share its lock file and nothing else.
const FOLDER: &str = "target/fuzz";

/// Compares so many files, generated from this seed.
pub(crate) fn run(files: u64, seed: u64) -> Result<()> {
    tools::prepare_differential()?;
    let package = ["--manifest-path", "fuzz/Cargo.toml", "--package", "cprekey-differential"];
    let build = ["build", "--release", "--quiet", "--locked", "--target-dir", FOLDER];
    cargo(&[&build[..], &package].concat(), &[])?;
    let program = root().join(FOLDER).join("release/cprekey-differential");
    let program = program.to_str().context("the project's path is not UTF-8")?;
    start(program, &[&files.to_string(), &seed.to_string()], &root())
}
