//! `cargo xtask mutants`: how many faults that are put into the files in `heart.rs` the core's own tests notice.

mod outcomes;

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::additions;
use crate::heart::{GROUPS, Group, PACKAGE};
use crate::shell::{cargo_program, root, say};
use outcomes::{Tally, tally};

/// The least share of each group's mutants that tests catch, in tenths of a percent.
const LEAST: usize = 900;

/// Where cargo-mutants writes, and where the mutants are built.
const FOLDER: &str = "target/mutants";
const BUILT: &str = "target/mutants/built";

/// How cargo-mutants ends where it tried all mutants: all caught, some missed, some not ended in time.
const ALL_TRIED: [i32; 3] = [0, 2, 3];

/// How long the tests of a mutant run at most, at least, in seconds: they take a fraction of it on a machine that does nothing else.
const PATIENCE: &str = "60";

/// How many inputs a property is tried with: fewer than where nothing is broken, as it is done for every mutant.
const CASES: &str = "32";

/// Tries the mutants of these files, or of all; says which no test notices, and fails where they are too many of a group.
pub(crate) fn run(files: &[String]) -> Result<()> {
    let mut tallies = Vec::new();
    for group in GROUPS {
        let mut own = group.files()?;
        own.retain(|file| files.is_empty() || files.iter().any(|wanted| file.ends_with(wanted.as_str())));
        if !own.is_empty() {
            tallies.push((group.name, tally(&try_all(group, &own)?, &own)?));
        }
    }
    if tallies.is_empty() {
        bail!("none of the files in xtask/src/heart.rs is so named");
    }
    judge(&tallies)
}

fn judge(tallies: &[(&str, Tally)]) -> Result<()> {
    let told = |tally: Tally| {
        let per_mille = tally.per_mille();
        format!("{} caught of {} viable ({}.{} %)", tally.caught, tally.viable(), per_mille / 10, per_mille % 10)
    };
    let mut whole = Tally::default();
    for (name, tally) in tallies {
        whole.add(*tally);
        say(&format!("mutants: {name}: {}", told(*tally)));
    }
    let line = format!("mutants: {}", told(whole));
    if tallies.iter().all(|(_, tally)| tally.per_mille() >= LEAST) {
        say(&line);
        return Ok(());
    }
    bail!("{line}; of each group {} % at least must be caught: write the tests that are missing", LEAST / 10)
}

/// Tries every mutant of a group's files, one at a time, with the group's own tests, and gives what became of them as cargo-mutants writes it down.
fn try_all(group: &Group, files: &[String]) -> Result<String> {
    let program = additions::bring(&additions::MUTANTS)?;
    let folder = root().join(FOLDER).join(group.name);
    fs::create_dir_all(&folder).with_context(|| format!("{FOLDER} cannot be made"))?;
    let mut command = Command::new(program);
    command.args(["mutants", "--no-config", "--colors", "never", "--jobs", "1", "--package", PACKAGE]);
    command.args(["--minimum-test-timeout", PATIENCE, "--output"]).arg(&folder);
    command.args(files.iter().flat_map(|file| ["--file", file.as_str()]));
    command.args(["--", "--lib", "--"]).args(group.tests);
    // All mutants are built in one place, so that only the core is built anew, and without what nobody debugs.
    command
        .env("CARGO_TARGET_DIR", root().join(BUILT))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("PROPTEST_CASES", CASES);
    let status = command.env("CARGO", cargo_program()).current_dir(root()).status();
    let code = status.context("cargo-mutants cannot be started")?.code();
    if !code.is_some_and(|code| ALL_TRIED.contains(&code)) {
        bail!("failed: cargo mutants");
    }
    let outcomes = folder.join("mutants.out/outcomes.json");
    fs::read_to_string(&outcomes).with_context(|| format!("{} cannot be read", outcomes.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn one_group_below_the_least_is_enough_to_fail() {
        let good = ("outcome", Tally { caught: 9, missed: 1 });
        judge(&[good]).unwrap();
        let error = judge(&[good, ("journal", Tally { caught: 899, missed: 101 })]).unwrap_err().to_string();
        assert!(error.starts_with("mutants: 908 caught of 1010 viable (89.9 %);"), "{error}");
        assert!(judge(&[("gone", Tally::default())]).is_err());
    }

    #[test]
    fn a_file_that_is_none_of_the_groups_is_told() {
        let error = run(&["no/such.rs".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("heart.rs"), "{error}");
    }
}
