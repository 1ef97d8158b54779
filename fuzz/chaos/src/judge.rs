//! What must hold after every run, whatever went wrong in it: what was told, held against the truth.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use cprekey_core::brake::Cause;
use cprekey_core::outcome::Outcome;
use cprekey_core::reason::Reason;

use crate::bounds;
use crate::case::Case;
use crate::claims::check_claim;
use crate::notes::{Notes, Told};
use crate::rows::Kind;
use crate::sessions::Played;

/// What does not hold.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Rule {
    /// Every row is settled exactly once, and no other is.
    OnceEach,
    /// The outcome is one of the seven, and its reason is one of those that it may have.
    Reason,
    FalseChanged,
    FalseUnchanged,
    FalseRefused,
    FalseNotTried,
    /// A row says how often it was sent.
    Attempts,
    /// What is counted is what was told, in the order in which it is told.
    Told,
    /// A credential is refused once, or once for each request under way where they may overlap.
    Denials,
    /// Nothing is sent after the end of a run, but what finishes what is under way.
    AfterTheEnd,
    /// One request at once, or as many as there are jobs.
    UnderWay,
    Rate,
    Time,
    /// No password is told.
    Secret,
    /// What is sent was meant to be by the journal, and what is told stands in it; nothing that it says to be settled is sent again.
    Journal,
    /// The same seed gives the same run.
    Replay,
}

#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) rule: Rule,
    pub(crate) words: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}: {}", self.rule, self.words)
    }
}

/// What does not hold of this run.
pub(crate) type Violations = Vec<Violation>;

pub(crate) fn violation(rule: Rule, words: impl Into<String>) -> Violation {
    Violation { rule, words: words.into() }
}

/// Judges a run that is over.
pub(crate) fn judge(case: &Case, played: &mut Played) -> Violations {
    let mut found = Vec::new();
    check_time(case, played, &mut found);
    check_requests(case, played, &mut found);
    check_sessions(played, &mut found);
    check_told(case, played, &mut found);
    found
}

fn check_time(case: &Case, played: &Played, found: &mut Violations) {
    if played.end.is_none() {
        found.push(violation(Rule::Time, format!("it had not ended after {:?}", bounds::longest(case))));
    }
    let (sent, most) = (played.state.seen.len(), bounds::most_requests(case) * played.sessions.len());
    if sent > most {
        found.push(violation(Rule::Time, format!("{sent} requests, and no more than {most} were to be sent")));
    }
    // Whoever leaves does not wait.
    let left = case.troubles.interrupts.get(1).filter(|_| played.state.left && played.sessions.len() == 1);
    if let Some(left) = left.filter(|left| played.took > **left + Duration::from_millis(1)) {
        found.push(violation(Rule::Time, format!("left at {left:?}, and ended at {:?}", played.took)));
    }
}

fn check_requests(case: &Case, played: &Played, found: &mut Violations) {
    let state = &played.state;
    for (number, seen) in state.seen.iter().enumerate() {
        if let Some(cause) = seen.barred {
            found.push(violation(Rule::AfterTheEnd, format!("#{number} came after {cause:?}")));
        }
        if seen.after_leaving {
            found.push(violation(Rule::AfterTheEnd, format!("#{number} came after the user had left")));
        }
        if let Some(row) = seen.unintended {
            found.push(violation(
                Rule::Journal,
                format!("#{number} came, and no intent for the row of index {row} is kept"),
            ));
        }
        if let Some(row) = seen.resent {
            found.push(violation(
                Rule::Journal,
                format!("#{number} came, and the row of index {row} was settled before"),
            ));
        }
        if seen.after_denial {
            found.push(violation(Rule::Denials, format!("#{number} came after a refusal")));
        }
    }
    let at_once = if case.settings.overlap { case.settings.jobs.get() } else { 1 };
    let denials = state.denials.max(state.most_denials);
    if denials > at_once {
        found.push(violation(Rule::Denials, format!("{denials} denials, {at_once} at once")));
    }
    if state.most_under_way > at_once {
        found.push(violation(Rule::UnderWay, format!("{} under way, {at_once} at once", state.most_under_way)));
    }
    if let Some(most) = bounds::most_in_a_second(case) {
        let times: Vec<Duration> = state.seen.iter().map(|seen| seen.at).collect();
        let second = Duration::from_secs(1);
        let too_many = times.windows(most + 1).find_map(|some| match some {
            [first, .., last] if last.saturating_sub(*first) < second => Some(*first),
            _ => None,
        });
        if let Some(first) = too_many {
            found.push(violation(Rule::Rate, format!("more than {most} in the second from {first:?}")));
        }
    }
}

/// Checks what must hold of every session: what it told, and when.
fn check_sessions(played: &Played, found: &mut Violations) {
    found.extend(played.journal.iter().map(|words| violation(Rule::Journal, words)));
    let mut settled: HashMap<usize, Outcome> = HashMap::new();
    for notes in &played.sessions {
        found.extend(notes.leaks.iter().map(|text| violation(Rule::Secret, text)));
        found.extend(notes.too_early.iter().map(|text| violation(Rule::Journal, format!("told too early: {text}"))));
        for one in notes.told.iter().filter(|one| !one.unrecorded) {
            let before = settled.insert(one.index, one.outcome);
            let is_final = !matches!(before, None | Some(Outcome::NotTried | Outcome::Unknown));
            if is_final && before != Some(one.outcome) {
                found.push(violation(Rule::Journal, format!("row {} was {before:?}: {one:?}", one.row)));
            }
        }
    }
}

/// Checks all that was told of rows, and of the run as a whole.
fn check_told(case: &Case, played: &mut Played, found: &mut Violations) {
    let Some(end) = &played.end else { return };
    let Some(Notes { told, events, .. }) = played.sessions.last() else { return };
    let plan = Some(&end.plan).filter(|_| played.sessions.len() == 1);
    let mut by_index: HashMap<usize, &Told> = HashMap::new();
    for one in told {
        if by_index.insert(one.index, one).is_some() {
            found.push(violation(Rule::OnceEach, format!("row {} was settled twice", one.row)));
        }
    }
    for (index, row) in case.rows.iter().enumerate() {
        let Some(one) = by_index.remove(&index) else {
            found.push(violation(Rule::OnceEach, format!("row {} was not settled", row.row)));
            continue;
        };
        let repeated = told.iter().find(|told| matches!(row.kind, Kind::Repeat(first, _) if told.index == first));
        check_row(case, index, one, repeated, found);
        if let Kind::Change(wanted) = &row.kind {
            check_claim(case, &mut played.state, plan, wanted, one, found);
        }
    }
    if !by_index.is_empty() {
        found.push(violation(Rule::OnceEach, "a row was settled that is not in the list"));
    }
    for outcome in Outcome::ALL {
        let count = told.iter().filter(|one| one.outcome == outcome).count();
        if end.summary.counts.of(outcome) != count {
            found.push(violation(Rule::Told, format!("the summary does not count {count} {outcome}")));
        }
    }
    check_order(events, end.summary.cause, found);
}

/// Checks what must hold of a row of any kind.
fn check_row(case: &Case, index: usize, one: &Told, repeated: Option<&Told>, found: &mut Violations) {
    let row = &case.rows[index];
    let fits = match &row.kind {
        Kind::Invalid => one.outcome == Outcome::Invalid,
        Kind::Skipped => one.outcome == Outcome::Skipped,
        Kind::Change(_) | Kind::Repeat(..) => !matches!(one.outcome, Outcome::Invalid | Outcome::Skipped),
    };
    if !fits || !may_be(one.outcome, one.reason) {
        found.push(violation(Rule::Reason, format!("row {}: {} for {:?}", one.row, one.outcome, one.reason)));
    }
    let target = row.wanted().map_or("", |wanted| wanted.target.as_str());
    // Of what an earlier session settled nothing is to be tried again, nor of what repeats that.
    let worth_it = row.wanted().is_some() && one.outcome.is_worth_another_try();
    let is_known = one.known || repeated.is_some_and(|first| first.known);
    let worth_it = worth_it && !is_known;
    if one.row != row.row || one.target != target || one.again != worth_it {
        found.push(violation(Rule::Told, format!("row {} is not told as it is: {one:?}", row.row)));
    }
    if repeated.is_some_and(|first| (first.outcome, first.reason) != (one.outcome, one.reason)) {
        found.push(violation(Rule::Told, format!("row {} is not as the row that it repeats", row.row)));
    }
}

/// Whether an outcome may have this reason.
fn may_be(outcome: Outcome, reason: Option<Reason>) -> bool {
    use Reason as R;
    match (outcome, reason) {
        (Outcome::Changed, None) => true,
        (_, None) => false,
        (Outcome::Changed, Some(reason)) => matches!(reason, R::Verified | R::NotVerified),
        (Outcome::Unchanged, Some(reason)) => reason == R::Verified,
        (Outcome::Refused, Some(reason)) => matches!(
            reason,
            R::TooWeak
                | R::NoSuchMailbox
                | R::NoSuchAccount
                | R::AccountSuspended
                | R::NoSuchDomain
                | R::NoOwner
                | R::WrongAccount
                | R::NoOldPassword
                | R::FeatureOff
                | R::NotPermitted
                | R::Rejected
        ),
        (Outcome::Invalid, Some(reason)) => reason == R::NoPassword,
        (Outcome::Skipped, Some(reason)) => reason == R::Filtered,
        (Outcome::NotTried, Some(reason)) => matches!(
            reason,
            R::Unreachable
                | R::NoAnswer
                | R::Untrusted
                | R::AccessDenied
                | R::Busy
                | R::Interrupted
                | R::Stopped
                | R::Unrecorded
        ),
        (Outcome::Unknown, Some(reason)) => matches!(
            reason,
            R::Timeout | R::ConnectionLost | R::ServerError | R::BadAnswer | R::Mismatch | R::Interrupted | R::Busy
        ),
    }
}

fn check_order(events: &[String], cause: Option<Cause>, found: &mut Violations) {
    let place = |name: &str| events.iter().position(|event| event == name);
    let times = |name: &str| events.iter().filter(|event| *event == name).count();
    let begins_well = place("started").is_some_and(|started| events[..started].iter().all(|event| event == "retrying"));
    let once = times("started") == 1 && times("finished") == 1 && events.last().is_some_and(|last| last == "finished");
    let stops = times("stopping") == usize::from(cause.is_some());
    if !begins_well || !once || !stops {
        found.push(violation(Rule::Told, format!("not in this order, for {cause:?}: {events:?}")));
    }
}
