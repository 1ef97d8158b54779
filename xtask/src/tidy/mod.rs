//! `cargo xtask tidy`: the rules of the house, checked by a program.

mod blank;
mod floors;
mod links;
mod rules;
mod shape;
mod source;
mod words;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::shell::{output_of, root, say};
use source::{Offence, Source};

/// Checks every file that git knows or would know.
pub(crate) fn run() -> Result<()> {
    let root = root();
    let list = output_of("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let paths: Vec<&str> = list.lines().filter(|path| root.join(path).is_file()).collect();
    let mut offences = Vec::new();
    for path in &paths {
        offences.extend(check_file(&root, path)?);
    }
    for offence in &offences {
        say(&format!("{}: {}\n    {}", offence.place, offence.what, offence.remedy));
    }
    match offences.len() {
        0 => say(&format!("tidy: {} files keep the rules of the house", paths.len())),
        count => bail!("{count} places break the rules of the house (they stand above, each with what to do)"),
    }
    Ok(())
}

fn check_file(root: &Path, path: &str) -> Result<Vec<Offence>> {
    let wanted = [".rs", ".md", "Cargo.toml"].iter().any(|ending| path.ends_with(ending));
    if !wanted {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(root.join(path)).with_context(|| format!("{path} cannot be read"))?;
    Ok(match path.rsplit('.').next() {
        Some("rs") => check_source(&Source::new(path, text)),
        Some("md") => links::check(path, &text, |target| root.join(target).exists()),
        _ => floors::check_manifest(path, &text)?,
    })
}

fn check_source(source: &Source) -> Vec<Offence> {
    [shape::check(source), words::check(source), floors::check_imports(source)].into_iter().flatten().collect()
}
