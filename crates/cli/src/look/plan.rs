//! A plan: what would change and what cannot, with counts and reasons.

use std::collections::BTreeSet;
use std::io;

use cprekey_core::entry::{Entry, Task};
use cprekey_core::failpoint::failpoint;
use cprekey_core::plan::{Facts, Plan, ruling_words};
use cprekey_core::reason::Reason;
use cprekey_core::target::Target;
use cprekey_core::text;
use serde::Serialize;

use crate::console::{self, BOLD};

/// So many rows of a kind are named; the others are counted.
const NAMED: usize = 20;

/// What is planned for one row.
#[derive(Serialize)]
#[serde(tag = "event", rename = "planned")]
pub(crate) struct PlannedRow<'a> {
    row: u32,
    target: &'a str,
    /// `change`, `repeat`, `refused`, `invalid` or `skipped`.
    verdict: &'static str,
    reason: Option<Reason>,
    login_suspended: bool,
}

/// What is planned for every row, in list order.
pub(crate) fn planned_rows<'a>(entries: &'a [Entry], plan: &'a Plan) -> impl Iterator<Item = PlannedRow<'a>> {
    entries.iter().enumerate().map(|(index, entry)| {
        let (verdict, reason) = match &entry.task {
            Task::Change(_) => plan.ruling(index).map_or(("change", None), |reason| ("refused", Some(reason))),
            Task::Repeat { .. } => ("repeat", None),
            Task::Invalid(problems) => ("invalid", problems.first().map(|problem| problem.reason)),
            Task::Skipped(reason) => ("skipped", Some(*reason)),
            Task::Settled(line) => ("settled", line.reason),
        };
        let login_suspended = plan.suspended.contains(&index);
        PlannedRow { row: entry.row, target: target(entry), verdict, reason, login_suspended }
    })
}

fn target(entry: &Entry) -> &str {
    entry.target.as_ref().map_or("", Target::as_str)
}

/// Shows the plan through `write`.
///
/// # Errors
///
/// What `write` gives.
pub(crate) fn show_plan(
    entries: &[Entry],
    plan: &Plan,
    facts: &Facts,
    mut write: impl FnMut(String) -> io::Result<()>,
) -> io::Result<()> {
    failpoint("plan-look", b"");
    if let Some(user) = &facts.user {
        write(format!("The panel lets us in, as the account {}.", text::safe(user)))?;
    }
    if let Some(strength) = facts.required_strength {
        write(format!("The panel demands a strength of {strength} of 100, and judges each password itself."))?;
    }
    write(format!("{BOLD}{:>6} to change{BOLD:#}{}", plan.changes, of_kinds(plan)))?;
    let named = |indexes: &mut dyn Iterator<Item = &usize>| -> Vec<String> {
        indexes
            .filter_map(|&index| entries.get(index))
            .map(|entry| format!("row {}  {}", entry.row, target(entry)))
            .collect()
    };
    let suspended = named(&mut plan.suspended.iter());
    section(&mut write, &suspended, "of them suspended, or in a suspended account, which a new password may not lift")?;
    let reasons: BTreeSet<&str> = plan.ruled_out.values().map(|reason| ruling_words(*reason)).collect();
    for words in reasons {
        let ours = plan.ruled_out.iter().filter(|(_, reason)| ruling_words(**reason) == words);
        let refused = named(&mut ours.map(|(index, _)| index));
        section(&mut write, &refused, &format!("cannot be changed: {words}"))?;
    }
    for (count, words) in [
        (plan.repeats, "named again with the same password: sent once"),
        (plan.invalid, "wrong in the list: left out"),
        (plan.skipped, "left out by your filters"),
        (plan.settled, "settled by an earlier session of the run: left alone"),
    ] {
        if count > 0 {
            write(format!("{count:>6} {words}"))?;
        }
    }
    Ok(())
}

/// How many of each kind there are, where there are accounts among them.
fn of_kinds(plan: &Plan) -> String {
    if plan.accounts == 0 { String::new() } else { format!(": {}", console::targets(plan)) }
}

fn section(write: &mut impl FnMut(String) -> io::Result<()>, rows: &[String], words: &str) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    write(format!("{:>6} {words}", rows.len()))?;
    for row in rows.iter().take(NAMED) {
        write(format!("         {row}"))?;
    }
    if rows.len() > NAMED {
        write(format!("         … and {} more", rows.len() - NAMED))?;
    }
    Ok(())
}
