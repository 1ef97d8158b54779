//! The problems of a list: every one with its place, and what to do about its kind.

use std::io;

use cprekey_core::entry::Entry;
use cprekey_core::problem::Problem;
use serde::Serialize;

use super::json;
use crate::console;
use crate::reading::problems;

/// Problems with one remedy, in list order.
struct Group<'a> {
    remedy: &'a str,
    problems: Vec<&'a Problem>,
}

/// Problems by what is to be done about them, in the order in which they first come.
fn grouped(entries: &[Entry]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (_, problem) in problems(entries) {
        match groups.iter_mut().find(|group| group.remedy == problem.remedy) {
            Some(group) => group.problems.push(problem),
            None => groups.push(Group { remedy: &problem.remedy, problems: vec![problem] }),
        }
    }
    groups
}

/// Shows at most `most` problems of a kind through `write`.
///
/// # Errors
///
/// What `write` gives.
pub(crate) fn show_problems(
    entries: &[Entry],
    most: usize,
    mut write: impl FnMut(String) -> io::Result<()>,
) -> io::Result<()> {
    for group in grouped(entries) {
        for problem in group.problems.iter().take(most) {
            write(problem.to_string())?;
        }
        if let Some(more) = group.problems.len().checked_sub(most).filter(|&more| more > 0) {
            write(format!("… and {more} more like this"))?;
        }
        if !group.remedy.is_empty() {
            write(format!("  help: {}", group.remedy))?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
#[serde(tag = "event", rename = "problem")]
struct ProblemEvent<'a> {
    row: u32,
    place: String,
    reason: cprekey_core::reason::Reason,
    what: &'a str,
    remedy: &'a str,
}

/// Writes every problem to standard output: for people, or as events.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(crate) fn write_problems(entries: &[Entry], as_events: bool) -> io::Result<()> {
    if !as_events {
        return show_problems(entries, usize::MAX, console::out);
    }
    for (entry, problem) in problems(entries) {
        let place = problem.place.to_string();
        json::write(&ProblemEvent {
            row: entry.row,
            place,
            reason: problem.reason,
            what: &problem.what,
            remedy: &problem.remedy,
        })?;
    }
    Ok(())
}
