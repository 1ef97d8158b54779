//! The closing summary: what became of the run, which rows want attention, and what to do next.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use cprekey_core::brake::Cause;
use cprekey_core::event::{Event, Observer};
use cprekey_core::line::Line;
use cprekey_core::outcome::Outcome;
use cprekey_core::reason::Reason;
use cprekey_core::report::Placed;
use cprekey_core::summary::Summary;
use cprekey_core::text::one_line;
use cprekey_frontend::connection::MAY_BE_BLOCKED;

use super::progress::counted;
use super::systematic::advice;
use crate::console::{BOLD, rows, style_of};
use cprekey_core::failpoint::failpoint;

/// So many rows are named; the others are in the report.
const NAMED: usize = 20;

/// What does no harm, whatever became of the rows before.
const AGAIN: &str = "apply the same list again, or the list of --failed: setting the same password twice does no harm";

/// Remembers the first rows that want attention, and counts why.
#[derive(Default)]
pub(crate) struct Tally {
    noted: RefCell<Noted>,
    /// Whether nothing is changed, but only verified.
    only_verified: bool,
}

#[derive(Default)]
struct Noted {
    lines: Vec<Line>,
    others: usize,
    reasons: BTreeMap<&'static str, usize>,
    /// The reason for which all first changes were refused, where that ended the run.
    systematic: Option<Reason>,
}

impl Observer for Tally {
    fn note(&self, event: &Event<'_>) {
        let mut noted = self.noted.borrow_mut();
        if let Event::Systematic { reason, .. } = event {
            noted.systematic = Some(*reason);
        }
        let Event::Settled(settled) = event else { return };
        if let Some(reason) = settled.line.reason {
            *noted.reasons.entry(reason.word()).or_default() += 1;
        }
        let wants_attention = !settled.line.outcome.is_settled_well() && settled.line.outcome != Outcome::NotTried;
        if !wants_attention {
            return;
        }
        if noted.lines.len() < NAMED {
            noted.lines.push(settled.line.clone());
        } else {
            noted.others += 1;
        }
    }
}

impl Tally {
    /// That of rows which are only verified.
    pub(crate) fn of_verification() -> Self {
        Self { only_verified: true, ..Self::default() }
    }

    /// Shows the summary through `write`; `is_kept` says whether somebody can go on with the run.
    ///
    /// # Errors
    ///
    /// What `write` gives.
    pub(crate) fn show(
        &self,
        summary: &Summary,
        files: &[Placed],
        is_kept: bool,
        mut write: impl FnMut(String) -> io::Result<()>,
    ) -> io::Result<()> {
        failpoint("summary", b"");
        let mut noted = self.noted.borrow_mut();
        noted.lines.sort_by_key(|line| line.row);
        for line in &noted.lines {
            write(attention(line))?;
        }
        if noted.others > 0 {
            write(format!("… and {} more", noted.others))?;
        }
        show_counts(summary, files, &mut write)?;
        for step in noted.next_steps(summary, is_kept, self.only_verified) {
            write(step)?;
        }
        Ok(())
    }
}

/// Shows how many rows became what, and which files tell of them, through `write`.
///
/// # Errors
///
/// What `write` gives.
pub(crate) fn show_counts(
    summary: &Summary,
    files: &[Placed],
    mut write: impl FnMut(String) -> io::Result<()>,
) -> io::Result<()> {
    let seconds = summary.finished_at.duration_since(summary.started_at).as_secs_f64();
    let rows = rows(summary.counts.total());
    write(format!("{BOLD}{}{BOLD:#} ({rows} in {seconds:.1} s)", counted(&summary.counts)))?;
    for file in files {
        if let Some(path) = &file.path {
            write(format!("wrote {}", one_line(&path.to_string_lossy())))?;
        }
        if let Some(kept) = &file.kept {
            write(format!("kept the earlier one as {}", one_line(&kept.to_string_lossy())))?;
        }
    }
    Ok(())
}

/// What to do about rows of these reasons, the most urgent first.
const STEPS: &[(Reason, &str)] = &[
    (Reason::Mismatch, "LOOK AT THESE FIRST: the panel said yes, but the password does not hold"),
    (
        Reason::NotVerified,
        "not verified: the panel said yes, and nobody could prove it (the report says why); cprekey verify asks again",
    ),
    (
        Reason::NotVisible,
        "not visible: the panel has the new password and the mail server refuses it: cprekey verify --verify imap asks again later",
    ),
    (
        Reason::OtherPassword,
        "other password: apply the list, or the list of --failed, where those mailboxes are to have the passwords of the list",
    ),
    (Reason::TooWeak, "too weak: put longer passwords of mixed characters into those rows, and apply them again"),
    (Reason::NoSuchMailbox, "no such mailbox: correct the addresses, or create the mailboxes first"),
    (
        Reason::NoSuchDomain,
        "no such domain: correct the addresses, or give the token control of the account that owns it",
    ),
    (Reason::AccountSuspended, "account suspended: lift the suspension first, or leave those rows out by --exclude"),
    (Reason::NoOwner, "no owner: name the account by --account, or in a column account"),
    (
        Reason::AccessDenied,
        "not let in: check --user, the token and its expiry, and that --host is the panel's own port",
    ),
];

impl Noted {
    fn count(&self, reason: Reason) -> usize {
        self.reasons.get(reason.word()).copied().unwrap_or(0)
    }

    /// What to do about the rows that are not done.
    fn next_steps(&self, summary: &Summary, is_kept: bool, only_verified: bool) -> Vec<String> {
        let left = summary.counts.of(Outcome::NotTried);
        if left == summary.counts.total() && summary.cause != Some(Cause::Interrupted) {
            // What kept the run from beginning was told, and what to do about it.
            return Vec::new();
        }
        let doubtful = summary.counts.of(Outcome::Unknown);
        let resume = format!("cprekey resume {} goes on with what is left", summary.run);
        let again = match (only_verified, is_kept) {
            (true, _) => "verify the list again",
            (false, true) => &resume,
            (false, false) => AGAIN,
        };
        let by_reason = STEPS
            .iter()
            .filter(|(reason, _)| !only_verified || *reason != Reason::NotVerified)
            .map(|&(reason, step)| (self.count(reason), step));
        let others = [
            (self.count(Reason::AccessDenied) + self.count(Reason::Unreachable), MAY_BE_BLOCKED),
            (doubtful, again),
            (if self.systematic.is_none() { left } else { 0 }, again),
        ];
        let mut words: Vec<String> =
            by_reason.chain(others).filter(|&(count, _)| count > 0).map(|(_, step)| format!("next: {step}")).collect();
        words.dedup();
        words.extend(self.systematic.map(spared));
        words
    }
}

/// What to do about the rows that were not tried because all before them were refused.
fn spared(reason: Reason) -> String {
    format!(
        "next: all were refused for one reason; {}; then apply the list again, a few rows by --limit first",
        advice(reason)
    )
}

/// A row that wants attention, in a line.
pub(crate) fn attention(line: &Line) -> String {
    let style = style_of(line.outcome);
    let reason = line.reason.map_or("", Reason::word);
    let target = if line.target.is_empty() { "-" } else { &line.target };
    format!("{style}{}{style:#}  row {}  {target}  {reason}  {}", line.outcome, line.row, line.detail)
        .trim_end()
        .to_owned()
}
