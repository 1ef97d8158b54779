//! `cargo xtask generate`: the files that the programs themselves can write best.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, programs, root, say};

/// Between these two lines the README shows the options.
const BEGIN: &str = "<!-- options:begin -->";
const END: &str = "<!-- options:end -->";

/// The programs that tell of themselves.
const CPREKEY: &str = "cprekey";
const CPAPI2: &str = "cprekey-cpapi2";

/// How wide the help is, so that it does not depend on who generates it.
const WIDTH: &str = "100";

/// A file and what should be in it.
struct Generated {
    path: String,
    text: String,
}

/// Writes every generated file that is out of date.
pub(crate) fn write() -> Result<()> {
    for Generated { path, text } in outdated()? {
        let place = root().join(&path);
        fs::create_dir_all(place.parent().unwrap_or(&place)).with_context(|| format!("no folder for {path}"))?;
        fs::write(&place, text).with_context(|| format!("{path} cannot be written"))?;
        say(&format!("generate: wrote {path}"));
    }
    say("generate: all is up to date");
    Ok(())
}

/// Fails where a generated file is out of date.
pub(crate) fn check() -> Result<()> {
    let paths: Vec<String> = outdated()?.into_iter().map(|file| file.path).collect();
    if !paths.is_empty() {
        bail!("out of date: {}; run `cargo xtask generate`", paths.join(", "));
    }
    Ok(())
}

fn outdated() -> Result<Vec<Generated>> {
    cargo(&["build", "--quiet", "--package", CPREKEY, "--package", CPAPI2], &[])?;
    let mut files = vec![
        asked("docs/man/cprekey.1", CPREKEY, &["man"])?,
        asked("docs/man/cprekey-cpapi2.1", CPAPI2, &["--man"])?,
        readme(&root())?,
    ];
    for command in ["check", "plan", "apply", "verify", "resume", "runs", "report", "completions", "man"] {
        files.push(asked(&format!("docs/man/cprekey-{command}.1"), CPREKEY, &["man", command])?);
    }
    for (shell, before, after) in [("bash", "", ".bash"), ("zsh", "_", ""), ("fish", "", ".fish")] {
        for (program, option) in [(CPREKEY, "completions"), (CPAPI2, "--completions")] {
            files.push(asked(&format!("completions/{before}{program}{after}"), program, &[option, shell])?);
        }
    }
    files.retain(|file| fs::read_to_string(root().join(&file.path)).ok().as_ref() != Some(&file.text));
    Ok(files)
}

/// A file that holds what a program says.
fn asked(path: &str, program: &str, arguments: &[&str]) -> Result<Generated> {
    Ok(Generated { path: path.to_owned(), text: said(program, arguments)? })
}

fn readme(root: &Path) -> Result<Generated> {
    let path = "README.md".to_owned();
    let old = fs::read_to_string(root.join(&path)).context("README.md cannot be read")?;
    let text = with_options(&old, &said(CPREKEY, &["apply", "-h"])?)?;
    Ok(Generated { path, text })
}

/// The README with the help between its two marks.
fn with_options(readme: &str, help: &str) -> Result<String> {
    let marks = readme.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = marks.with_context(|| format!("README.md has no line {BEGIN} with a line {END} after it"))?;
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    Ok(format!("{before}{BEGIN}\n\n```text\n{}\n```\n\n{END}{after}", help.join("\n")))
}

/// What a built program says on its standard output: without colour, and whatever the terminal's width.
fn said(name: &str, arguments: &[&str]) -> Result<String> {
    let program = programs()?.join(name);
    let output = Command::new(&program)
        .args(arguments)
        .env("COLUMNS", WIDTH)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    if !output.status.success() || output.stdout.is_empty() {
        bail!("`{name} {}` does not say it: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).with_context(|| format!("{name} does not speak UTF-8"))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_replaced_and_the_rest_stays() {
        let readme = format!("# Title\n\n{BEGIN}\nold\n{END}\n\nMore.\n");
        let new = with_options(&readme, "Usage: x  \n\n  --yes\n").expect("marks");
        assert_eq!(new, format!("# Title\n\n{BEGIN}\n\n```text\nUsage: x\n\n  --yes\n```\n\n{END}\n\nMore.\n"));
        assert_eq!(with_options(&new, "Usage: x\n\n  --yes").expect("marks"), new);
    }

    #[test]
    fn a_readme_without_marks_is_told() {
        assert!(with_options("# Title\n", "Usage").is_err());
    }
}
