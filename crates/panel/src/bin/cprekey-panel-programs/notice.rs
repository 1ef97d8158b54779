//! Finds the panel: by the notice in the folder that the program was started in, and then in those that its link leads to.
//! The first goes by the name as it was typed, so that a folder of links also works where it is mounted elsewhere.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use cprekey_panel::dialogue::{NOTICE, Notice};

use super::trouble::Trouble;

/// As many links are followed at most, as in the kernel.
const LINKS: usize = 40;

/// Where the panel listens, for a program that was started by this name.
///
/// # Errors
///
/// When there is no notice, or it is not right.
pub(super) fn find(name: &OsStr) -> Result<PathBuf, Trouble> {
    let started = started_as(Path::new(name)).or_else(|| env::current_exe().ok()).ok_or(Trouble::NoNotice)?;
    let file = chain(started).find_map(|program| beside(&program)).ok_or(Trouble::NoNotice)?;
    let notice = fs::read(&file).ok().and_then(|text| serde_json::from_slice::<Notice>(&text).ok());
    notice.map(|notice| notice.socket).ok_or(Trouble::BadNotice(file))
}

/// The path behind the name: a bare name was looked up in `PATH`.
fn started_as(name: &Path) -> Option<PathBuf> {
    if name.components().count() > 1 || name.is_absolute() {
        return Some(name.to_owned());
    }
    let places = env::var_os("PATH")?;
    env::split_paths(&places).map(|place| place.join(name)).find(|path| path.is_file())
}

/// The path, and what it links to, step by step.
fn chain(path: PathBuf) -> impl Iterator<Item = PathBuf> {
    let next = |path: &PathBuf| {
        let target = fs::read_link(path).ok()?;
        Some(path.parent()?.join(target))
    };
    std::iter::successors(Some(path), next).take(LINKS)
}

fn beside(program: &Path) -> Option<PathBuf> {
    let file = program.parent()?.join(NOTICE);
    file.is_file().then_some(file)
}
