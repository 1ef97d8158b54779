//! What a fuzz target begins with: the seeds, and what earlier runs found beside them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::target::{Fixtures, Target};
use crate::shell::root;

/// The words that a target's inputs are made of.
pub(super) fn dictionary(target: &Target) -> PathBuf {
    root().join("fuzz/dictionaries").join(target.name).with_extension("dict")
}

/// The folder with a target's inputs, which grows with every run: the seeds are copied there, so that no run changes them.
pub(super) fn prepare(target: &Target) -> Result<PathBuf> {
    let folder = root().join("target/fuzz-corpus").join(target.name);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for (name, bytes) in seeds(target)? {
        fs::write(folder.join(name), bytes).context("a seed cannot be written")?;
    }
    Ok(folder)
}

/// Every seed of a target, each with a name.
pub(super) fn seeds(target: &Target) -> Result<Vec<(OsString, Vec<u8>)>> {
    let mut seeds = files(&root().join("fuzz/seeds").join(target.name), &[""])?;
    if let Some(Fixtures { folder, endings, options }) = target.fixtures {
        let fixtures = files(&root().join(folder), endings)?;
        seeds.extend(fixtures.into_iter().map(|(name, bytes)| (name, [vec![0; options], bytes].concat())));
    }
    Ok(seeds)
}

/// The files of a folder whose names end so.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<(OsString, Vec<u8>)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_file() && endings.iter().any(|ending| name.to_string_lossy().ends_with(ending)) {
            files.push((name, fs::read(entry.path())?));
        }
    }
    Ok(files)
}
