//! `cargo xtask coverage`: how much of the files in `heart.rs` the core's own tests run, line by line.

mod lines;

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::heart::{GROUPS, Group, PACKAGE};
use crate::shell::{cargo_program, root, say};
use crate::{additions, tools};
use lines::{Lines, Share, by_file, missing, without_tests};

/// The least share of each group's lines that tests run, in tenths of a percent.
const LEAST: usize = 950;

/// Where the lines are written down.
const TRACEFILE: &str = "target/coverage.lcov";

/// Runs the core's tests, says what they run of each file, and fails where that is too little of a group.
pub(crate) fn run() -> Result<()> {
    let tracefile = measure()?;
    let files = by_file(&tracefile);
    let lines_of = |file: &str| {
        let path = root().join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("{file} cannot be read"))?;
        let lines = files.get(path.to_str().unwrap_or_default()).cloned().unwrap_or_default();
        Ok(without_tests(lines, &text))
    };
    let mut shares = Vec::new();
    for group in GROUPS {
        shares.push((group.name, share_of(group, lines_of)?));
    }
    judge(&shares)
}

fn share_of(group: &Group, lines_of: impl Fn(&str) -> Result<Lines>) -> Result<Share> {
    let mut whole = Share::default();
    for file in group.files()? {
        let lines = lines_of(&file)?;
        let share = Share::of(&lines);
        whole.add(share);
        let missing = missing(&lines);
        let but = if missing.is_empty() { String::new() } else { format!(", but lines {missing}") };
        say(&format!("coverage: {}: {file}: {} of {} lines{but}", group.name, share.met, share.all));
    }
    Ok(whole)
}

fn judge(shares: &[(&str, Share)]) -> Result<()> {
    let told = |&(name, share): &(&str, Share)| {
        let per_mille = share.per_mille();
        format!("{name} {}.{} % of {} lines", per_mille / 10, per_mille % 10, share.all)
    };
    let line = format!("coverage: {}", shares.iter().map(told).collect::<Vec<_>>().join(", "));
    if shares.iter().all(|(_, share)| share.per_mille() >= LEAST) {
        say(&line);
        return Ok(());
    }
    bail!("{line}; each must be {} % at least: write the tests that are missing", LEAST / 10)
}

/// Runs the tests and gives the tracefile.
fn measure() -> Result<String> {
    let llvm = tools::prepare_coverage()?;
    let program = additions::bring(&additions::LLVM_COV)?;
    say("coverage: running the core's tests");
    let output = Command::new(program)
        .args(["llvm-cov", "--package", PACKAGE, "--lib", "--locked", "--quiet"])
        .args(["--lcov", "--output-path", TRACEFILE])
        .envs(llvm)
        .env("CARGO", cargo_program())
        .current_dir(root())
        .output()
        .context("cargo-llvm-cov cannot be started")?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!("failed: cargo llvm-cov\n{}", String::from_utf8_lossy(&said));
    }
    fs::read_to_string(root().join(TRACEFILE)).with_context(|| format!("{TRACEFILE} cannot be read"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn one_group_below_the_least_is_enough_to_fail() {
        let good = ("outcome", Share { met: 95, all: 100 });
        judge(&[good]).unwrap();
        let error = judge(&[good, ("journal", Share { met: 949, all: 1000 })]).unwrap_err().to_string();
        assert!(error.starts_with("coverage: outcome 95.0 % of 100 lines, journal 94.9 % of 1000 lines;"), "{error}");
        assert!(judge(&[good, ("gone", Share::default())]).is_err());
    }
}
