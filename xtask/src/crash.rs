//! `cargo xtask crash`, `torture`, `lock-race`, `journal-torture`: what becomes of a run that is cut off, and of one whose disk says no. The tests
//! stand in `tests/tests/crash`.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt as _;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use crate::shell::{cargo, programs, say};
use crate::tools;

/// What ends a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Mode {
    /// `kill -9`.
    Kill,
    /// The power fails.
    Power,
}

/// The variables by which the tests are told how much is wanted, and from what chance is taken.
const POINTS: &str = "CPREKEY_CRASH_POINTS";
const ROUNDS: &str = "CPREKEY_CRASH_ROUNDS";
const SEED: &str = "CPREKEY_CRASH_SEED";

/// The variable that tells the core's own test to cut at every byte.
const EVERY_BYTE: &str = "CPREKEY_EVERY_BYTE";

/// The variable that tells a test where its closing line goes.
const LINE: &str = "CPREKEY_CRASH_LINE";

/// Ends runs at so many of the moments at which they make a system call, and goes on with each.
pub(crate) fn run(mode: Mode, points: usize, seed: u64) -> Result<()> {
    build_unsynced(mode)?;
    let test = match mode {
        Mode::Kill => "kill::",
        Mode::Power => "power::",
    };
    follow("crash: ", test, &[(POINTS, points as u64), (SEED, seed)])
}

/// Lets so many runs have a disk that says no.
pub(crate) fn torture(points: usize, seed: u64) -> Result<()> {
    build()?;
    follow("torture: ", "torture::", &[(POINTS, points as u64), (SEED, seed)])
}

/// Starts fifty runs at one moment, so many times.
pub(crate) fn lock_race(rounds: usize) -> Result<()> {
    build()?;
    follow("", "lock_race::", &[(ROUNDS, rounds as u64)])
}

/// Cuts a journal at every byte and changes its bits one by one, in the core's own tests; and so many times for the built program.
pub(crate) fn journal(samples: usize, seed: u64) -> Result<()> {
    let core = ["test", "--package", "cprekey-core", "--lib", "journal::tests"];
    cargo(&core, &[(EVERY_BYTE, "1")])?;
    build()?;
    follow("journal-torture: cut at every byte, 2,000 flips; ", "damage::", &[(POINTS, samples as u64), (SEED, seed)])
}

fn build() -> Result<()> {
    cargo(&["build", "--workspace", "--bins"], &[])
}

/// Builds the programs, and before that, where it is needed, one that does not sync, which is set aside.
fn build_unsynced(mode: Mode) -> Result<()> {
    if mode == Mode::Power {
        tools::prepare_disks()?;
        cargo(&["build", "--package", "cprekey", "--features", "unsynced"], &[])?;
        let built = programs()?;
        let aside = built.with_file_name("unsynced").join("debug");
        fs::create_dir_all(&aside).with_context(|| format!("{} cannot be made", aside.display()))?;
        let copy = aside.join("cprekey");
        // One that is there may be running.
        let _there_is_none = fs::remove_file(&copy);
        fs::copy(built.join("cprekey"), &copy).with_context(|| format!("{} cannot be written", copy.display()))?;
    }
    build()
}

/// Runs a test, and says its closing line.
fn follow(before: &str, test: &str, sizes: &[(&str, u64)]) -> Result<()> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        bail!("only root can follow programs that shut others out, and mount disks: run it as root, or with sudo");
    }
    let line = env::temp_dir().join(format!("cprekey-crash-{}", std::process::id()));
    let path = line.to_str().context("the temporary folder's path is not UTF-8")?;
    let sizes: Vec<_> = sizes.iter().map(|(name, size)| (*name, size.to_string())).collect();
    let variables: Vec<_> = sizes.iter().map(|(name, size)| (*name, size.as_str())).chain([(LINE, path)]).collect();
    let ended = cargo(&["test", "--package", "cprekey-tests", "--test", "crash", "--", test], &variables);
    let said = fs::read_to_string(&line).unwrap_or_default();
    let _there_is_none = fs::remove_file(&line);
    ended?;
    say(&format!("{before}{said}"));
    Ok(())
}
