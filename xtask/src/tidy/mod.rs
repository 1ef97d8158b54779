//! `cargo xtask tidy`: the rules of the house, checked by a program.

mod blank;
mod floors;
mod links;
mod manifest;
mod paths;
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
    let list = list(&root)?;
    let paths: Vec<&str> = list.split_terminator('\0').filter(|path| root.join(path).is_file()).collect();
    let offences = check(&root, &paths)?;
    for offence in &offences {
        say(&format!("{}: {}\n    {}", offence.place, offence.what, offence.remedy));
    }
    match offences.len() {
        0 => say(&format!("tidy: {} files keep the rules of the house", paths.len())),
        count => bail!("{count} places break the rules of the house (they stand above, each with what to do)"),
    }
    Ok(())
}

/// The files below a folder, each followed by a zero byte: without `-z`, git would escape some names.
fn list(folder: &Path) -> Result<String> {
    let folder = folder.to_str().context("the folder's name is not UTF-8")?;
    output_of("git", &["-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
}

fn check(root: &Path, paths: &[&str]) -> Result<Vec<Offence>> {
    let ending = |ending| paths.iter().copied().filter(move |path: &&str| path.ends_with(ending));
    let read = |path| fs::read_to_string(root.join(path)).with_context(|| format!("{path} cannot be read"));
    let sources = ending(".rs").map(|path| Ok(Source::new(path, read(path)?))).collect::<Result<Vec<_>>>()?;
    let mut offences: Vec<_> = sources.iter().flat_map(check_source).collect();
    for path in ending(".md") {
        offences.extend(links::check(path, &read(path)?, |target| root.join(target).exists()));
    }
    for path in ending("Cargo.toml") {
        offences.extend(manifest::check(path, &read(path)?, &sources)?);
    }
    Ok(offences)
}

fn check_source(source: &Source) -> Vec<Offence> {
    [shape::check(source), words::check(source), floors::check_imports(source)].into_iter().flatten().collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_any_name_is_listed() {
        let folder = std::env::temp_dir().join(format!("tidy-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        output_of("git", &["init", "--quiet", folder.to_str().unwrap()]).unwrap();
        fs::write(folder.join("l'\u{e9}t\u{e9} \"\n.rs"), "").unwrap();
        let list = list(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(list.unwrap(), "l'\u{e9}t\u{e9} \"\n.rs\0");
    }
}
