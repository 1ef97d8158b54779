//! Saying what is done, and asking programs.

use std::io::{self, Write as _};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Says a line. A reader who has gone away is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Says what is going on, which is no part of the results.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "  {line}");
}

/// Says why nothing could be measured.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "bench: {line}");
}

/// What a program says on its standard output.
///
/// # Errors
///
/// Where it cannot be started, or does not end well.
pub(crate) fn output_of(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
