//! `cargo xtask differential`: generated text lists, read by us and by Python's csv. The program stands in `fuzz/differential`.

use anyhow::{Context as _, Result};

use crate::shell::{cargo, root, run as start};
use crate::tools;

/// From how many files on it is worth it to build the program anew, so that it is fast.
const MANY: u64 = 100_000;

/// The folder in which it is built, the profile, and the profile's folder in that: of what the tests have built already, or with all that
/// makes it fast.
const AS_FOR_TESTS: (&str, &str, &str) = ("target", "dev", "debug");
const OPTIMISED: (&str, &str, &str) = ("target/fuzz", "release", "release");

/// Compares so many files, generated from this seed.
pub(crate) fn run(files: u64, seed: u64) -> Result<()> {
    tools::prepare_differential()?;
    let (folder, profile, place) = if files > MANY { OPTIMISED } else { AS_FOR_TESTS };
    let package = ["--manifest-path", "fuzz/Cargo.toml", "--package", "cprekey-differential"];
    let build = ["build", "--profile", profile, "--quiet", "--locked", "--target-dir", folder];
    cargo(&[&build[..], &package].concat(), &[])?;
    let program = root().join(folder).join(place).join("cprekey-differential");
    let program = program.to_str().context("the project's path is not UTF-8")?;
    start(program, &[&files.to_string(), &seed.to_string()], &root())
}
