//! Starting programs, and saying what is done.

use std::env;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where the built programs are: beside this one.
pub(crate) fn programs() -> Result<PathBuf> {
    let own = env::current_exe().context("this program does not know where it is")?;
    Ok(own.parent().context("this program stands in no folder")?.to_owned())
}

/// Says a line. A reader who has gone away is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Says why a chore could not be done.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "xtask: {line}");
}

/// Runs a cargo command in the project's root and shows what it says.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let line = command_line(variables, arguments);
    say(&format!("$ {line}"));
    let status = Command::new(cargo_program())
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(root())
        .status()
        .context("cargo cannot be started")?;
    if !status.success() {
        bail!("failed: {line}");
    }
    Ok(())
}

/// Runs a program in a folder and shows what it says.
pub(crate) fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<()> {
    let line = format!("{program} {}", arguments.join(" "));
    say(&format!("$ {line}"));
    let status = Command::new(program).args(arguments).current_dir(folder).status();
    let status = status.with_context(|| format!("{program} cannot be started"))?;
    if !status.success() {
        bail!("failed: {line}");
    }
    Ok(())
}

/// What a program says on its standard output, run in the project's root.
pub(crate) fn output_of(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{program} cannot be started"))?;
    if !output.status.success() {
        bail!("failed: {program} {}", arguments.join(" "));
    }
    String::from_utf8(output.stdout).with_context(|| format!("{program} does not speak UTF-8"))
}

/// Whether a command ends well; it says nothing.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// The cargo that started this program, so that both use one toolchain.
pub(crate) fn cargo_program() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

fn command_line(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let variables = variables.iter().map(|(name, value)| format!("{name}='{value}' "));
    format!("{}cargo {}", variables.collect::<String>(), arguments.join(" "))
}
