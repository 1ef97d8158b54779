//! `cargo xtask demo`: the real program changes the passwords of sixty mailboxes on a rehearsal panel.

mod sample;
mod way;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::panel::Panel;
use crate::private::{fresh_folder, write_private};
use crate::shell::{cargo, programs, say};
pub(crate) use way::Way;

/// Long enough that one can watch it.
const LATENCY: &str = "150ms";

/// How the run ends: two passwords are too weak, and one mailbox is not there.
const EXPECTED_CODE: i32 = 3;

/// Shows the whole way from a workbook to a report; it asks nothing.
pub(crate) fn run(way: Way) -> Result<()> {
    say("demo: building the programs");
    cargo(&["build", "--package", "cprekey", "--package", "cprekey-panel", "--bins"], &[])?;
    let programs = programs()?;
    let folder = programs.parent().context("the programs stand in no folder")?.join("demo");
    fresh_folder(&folder)?;

    say(&format!("\ndemo: writing list.xlsx, {} with their new passwords", way.targets()));
    write_private(&folder.join("list.xlsx"), &sample::workbook(way.has_accounts())?)?;
    write_private(&folder.join("panel.toml"), sample::panel_config(way.accounts())?.as_bytes())?;

    say(&format!("demo: starting a rehearsal panel on this machine; it takes {LATENCY} for every answer"));
    let mut panel = Panel::start(&programs.join("cprekey-panel"), &folder, &["--latency", LATENCY])?;
    if let Some(token) = way.token(&panel.ready)? {
        write_private(&folder.join("token"), token.as_bytes())?;
    }

    let code = apply(&programs.join("cprekey"), &folder, &mut panel, way)?;
    drop(panel);
    show(&folder, code, way)
}

/// Runs `cprekey apply` as a user would, in the demo's folder and at this terminal, and gives its exit code.
///
/// The panel lives as long as it does: so Ctrl-C, which reaches cprekey and not the panel, leaves it time to finish what is under way.
fn apply(program: &Path, folder: &Path, panel: &mut Panel, way: Way) -> Result<i32> {
    let mut arguments = vec!["apply".to_owned(), "list.xlsx".to_owned()];
    arguments.extend(way.options(&panel.ready, folder));
    let others = ["--rate", "20", "--yes", "--report", "report.csv", "--report", "report.xlsx"];
    arguments.extend(others.map(str::to_owned));
    say(&format!("demo: changing the passwords\n\n$ cd {}\n$ cprekey {}\n", folder.display(), arguments.join(" ")));
    let status = Command::new(program)
        .args(arguments)
        .stdin(panel.life()?)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env_remove("CPREKEY_TOKEN")
        .status()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    status.code().context("cprekey was ended by a signal")
}

/// What came of it: the rows that did not change, the exit code, and where everything is.
fn show(folder: &Path, code: i32, way: Way) -> Result<()> {
    let report = fs::read_to_string(folder.join("report.csv")).context("cprekey left no report.csv")?;
    let changed = report.lines().filter(|line| line.contains(",changed,")).count();
    say(&format!(
        "\ndemo: report.csv says {changed} of {} rows changed; the others, with the panel's own words:\n",
        way.rows()
    ));
    for line in report.lines().filter(|line| !line.contains(",changed,")) {
        say(&format!("    {line}"));
    }
    say(&format!("\ndemo: the exit code is {code}: {}", meaning(code)));
    say(&format!("demo: everything is in {}: the list, both reports, the panel's mail files", folder.display()));
    if code != EXPECTED_CODE {
        bail!("the demo expected the exit code {EXPECTED_CODE}");
    }
    Ok(())
}

const fn meaning(code: i32) -> &'static str {
    match code {
        0 => "every row is done",
        2 => "what was given is not right; nothing was sent",
        3 => "done, but some rows were refused, and the report says why",
        4 => "the panel did not let us in",
        7 => "rows remain unknown",
        130 => "interrupted; what was done is recorded",
        _ => "the run could not be done",
    }
}
