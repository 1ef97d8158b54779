//! `cprekey apply`, as several works measure it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::bench::Bench;
use crate::changes::{Change, changes};
use crate::panel::Panel;
use crate::sample::{Process, Sample};

/// The account that has the mailboxes.
pub(super) const ACCOUNT: &str = "shop";

/// The configuration of an account with the mailboxes `user1@example.com`, `user2@example.com` and so on; `more` is what else it says of the account.
pub(super) fn mailboxes(count: usize, more: &str) -> String {
    format!(
        "[[account]]\nname = '{ACCOUNT}'\ndomain = 'example.com'\n{more}\n\
         generate = [{{ count = {count}, pattern = 'user{{n}}', domain = 'example.com' }}]\n"
    )
}

/// `apply` of a list as users run it, with a journal and a report, however it gets to the panel.
pub(super) fn apply(bench: &Bench, panel: &Panel, list: &Path) -> Process {
    Process::new(bench, &bench.program("cprekey"))
        .arguments(["apply".as_ref(), list.as_os_str()])
        .arguments(["--yes", "--quiet", "--report"])
        .argument(report(panel))
        .variable("XDG_STATE_HOME", panel.folder().join("kept"))
}

/// The same by a token of the account.
///
/// # Errors
///
/// Where the panel does not say where it is, or has no such token.
pub(super) fn apply_by_owner(bench: &Bench, panel: &Panel, list: &Path) -> Result<Process> {
    let process = apply(bench, panel, list).arguments(["--host", &panel.host()?, "--user", ACCOUNT, "--cacert"]);
    let process = process.arguments([panel.fact("ca_file")?, "--token-file"]);
    Ok(process.argument(panel.token_file(ACCOUNT)?))
}

/// The same by a token of root at the WHM face.
///
/// # Errors
///
/// As above.
pub(super) fn apply_by_root(bench: &Bench, panel: &Panel, list: &Path) -> Result<Process> {
    let process = apply(bench, panel, list).arguments(["--as", "whm", "--host", &panel.whm_host()?, "--user", "root"]);
    let process = process.arguments(["--cacert", panel.fact("ca_file")?, "--token-file"]);
    Ok(process.argument(panel.whm_token_file("root")?))
}

/// Runs it on a panel that counts anew; gives what it took, and the changes that the panel has made, which are those of the list and no other.
///
/// # Errors
///
/// Where not each of so many mailboxes was changed once.
pub(super) fn run(process: &Process, panel: &Panel, rows: usize) -> Result<(Sample, Vec<Change>)> {
    let sample = run_alone(process, panel)?;
    Ok((sample, changes(panel.control(), rows)?))
}

/// The same where there are so many changes that the panel only tells how many they are.
///
/// # Errors
///
/// Where not so many were made.
pub(super) fn run_uncounted(process: &Process, panel: &Panel, rows: usize) -> Result<Sample> {
    let sample = run_alone(process, panel)?;
    let made = panel.get("/state")?["changes"].take();
    ensure!(made == rows, "the panel has made {made} changes, and not {rows}");
    Ok(sample)
}

fn run_alone(process: &Process, panel: &Panel) -> Result<Sample> {
    panel.reset_counters()?;
    let _there_may_be_none = fs::remove_file(report(panel));
    process.measure()?.ended(0)
}

fn report(panel: &Panel) -> PathBuf {
    panel.folder().join("report.csv")
}
