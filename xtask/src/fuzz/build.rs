//! Builds the fuzz targets: by cargo-fuzz, which knows the flags, and with the compiler that builds all else.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo_program, root, say};
use crate::{additions, tools};

/// The platform for which the targets are built; cargo-fuzz puts them into a folder of its name.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Builds all targets, and says in which folder they are.
pub(super) fn build() -> Result<PathBuf> {
    tools::prepare_fuzzing()?;
    let cargo_fuzz = additions::bring(&additions::FUZZ)?;
    let folder = root().join("target/fuzz");
    let mut command = Command::new(cargo_fuzz);
    command
        .args(["build", "--fuzz-dir", "fuzz", "--target", PLATFORM, "--codegen-units", "16"])
        // Every comparison would be noted, those of wiping among them, and take half of the time; the dictionaries have what it would find.
        .args(["--no-trace-compares", "--target-dir"])
        .arg(&folder);
    // The sanitizer is a matter of unstable flags, which the stable compiler takes where it is told that it builds itself.
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO", cargo_program()).current_dir(root());
    say("fuzz: building the targets");
    let status = command.status().context("cargo-fuzz cannot be started")?;
    if !status.success() {
        bail!("failed: cargo fuzz build");
    }
    Ok(folder.join(PLATFORM).join("release"))
}
