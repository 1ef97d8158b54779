//! A program under valgrind's callgrind, which counts the instructions that it executes.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Runs a program to its good end, in a folder that is its home too and with nothing else in its environment, and gives how many instructions it
/// executed and what it said. What callgrind writes goes to `out`.
pub(super) fn count(program: &Path, arguments: &[&str], folder: &Path, out: &Path) -> Result<(u64, String)> {
    let output = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)))
        .env("HOME", folder)
        .output()
        .context("valgrind cannot be started")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if !output.status.success() {
        bail!("{} under callgrind: {said}", output.status);
    }
    let counted = fs::read_to_string(out).with_context(|| format!("{} cannot be read", out.display()))?;
    let total = total(&counted).with_context(|| format!("{} has no total", out.display()))?;
    Ok((total, said))
}

/// The instructions of the whole program, of what callgrind writes. Where that counts anything else besides, it says so in the line `events`.
fn total(text: &str) -> Option<u64> {
    let of = |key| text.lines().find_map(|line: &str| line.strip_prefix(key)).map(str::trim);
    (of("events:") == Some("Ir")).then(|| of("totals:").or_else(|| of("summary:")))??.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read_from_either_line() {
        let head = "# callgrind format\nversion: 1\npid: 7\n\npositions: line\nevents: Ir\n";
        for (rest, expected) in [
            ("summary: 10601228\n\nfn=(1) main\n1 7\n\ntotals: 10601229\n", Some(10_601_229)),
            ("summary: 10601228\n\nfn=(1) main\n1 7\n", Some(10_601_228)),
            ("totals: 5\n", Some(5)),
            ("fn=(1) main\n1 7\n", None),
            ("totals: \n", None),
            ("totals: 1 2\n", None),
        ] {
            assert_eq!(total(&format!("{head}{rest}")), expected, "{rest}");
        }
    }

    #[test]
    fn counts_of_other_things_are_not_taken_for_instructions() {
        assert_eq!(total("events: Dr\ntotals: 5\n"), None);
        assert_eq!(total("totals: 5\n"), None);
        assert_eq!(total(""), None);
    }
}
