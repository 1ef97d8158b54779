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
use crate::notes::Told;
use crate::rows::Kind;
use crate::session::Played;

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
    check_leaks(played, &mut found);
    check_told(case, played, &mut found);
    found
}

fn check_time(case: &Case, played: &Played, found: &mut Violations) {
    if played.end.is_none() {
        found.push(violation(Rule::Time, format!("it had not ended after {:?}", bounds::longest(case))));
    }
    let (sent, most) = (played.state.seen.len(), bounds::most_requests(case));
    if sent > most {
        found.push(violation(Rule::Time, format!("{sent} requests, and no more than {most} were to be sent")));
    }
    // Whoever leaves does not wait.
    let left = case.troubles.interrupts.get(1).filter(|_| played.state.left);
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
        if seen.after_denial {
            found.push(violation(Rule::Denials, format!("#{number} came after a refusal")));
        }
    }
    let at_once = if case.settings.overlap { case.settings.jobs.get() } else { 1 };
    if state.denials > at_once {
        found.push(violation(Rule::Denials, format!("{} denials, {at_once} at once", state.denials)));
    }
    if state.most_under_way > at_once {
        found.push(violation(Rule::UnderWay, format!("{} under way, {at_once} at once", state.most_under_way)));
    }
    if let Some(most) = bounds::most_in_a_second(case) {
        let times: Vec<Duration> = state.seen.iter().map(|seen| seen.at).collect();
        let too_many = times.windows(most + 1).find(|some| some[most] - some[0] < Duration::from_secs(1));
        if let Some(some) = too_many {
            found.push(violation(Rule::Rate, format!("more than {most} in the second from {:?}", some[0])));
        }
    }
}

fn check_leaks(played: &Played, found: &mut Violations) {
    found.extend(played.notes.leaks.iter().map(|text| violation(Rule::Secret, text)));
}

/// Checks all that was told of rows, and of the run as a whole.
fn check_told(case: &Case, played: &mut Played, found: &mut Violations) {
    let Some(end) = &played.end else { return };
    let told = std::mem::take(&mut played.notes.told);
    let mut by_index: HashMap<usize, &Told> = HashMap::new();
    for one in &told {
        if by_index.insert(one.index, one).is_some() {
            found.push(violation(Rule::OnceEach, format!("row {} was settled twice", one.row)));
        }
    }
    for (index, row) in case.rows.iter().enumerate() {
        let Some(one) = by_index.remove(&index) else {
            found.push(violation(Rule::OnceEach, format!("row {} was not settled", row.row)));
            continue;
        };
        check_row(case, index, one, found);
        if let Kind::Repeat(first, _) = row.kind
            && let Some(first) = told.iter().find(|told| told.index == first)
            && (first.outcome, first.reason) != (one.outcome, one.reason)
        {
            found.push(violation(Rule::Told, format!("row {} is not as the row that it repeats", row.row)));
        }
        if let Kind::Change(wanted) = &row.kind {
            check_claim(case, &mut played.state, &end.plan, wanted, one, found);
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
    check_order(&played.notes.events, end.summary.cause, found);
}

/// Checks what must hold of a row of any kind.
fn check_row(case: &Case, index: usize, one: &Told, found: &mut Violations) {
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
    let is_change = row.wanted().is_some();
    if one.row != row.row || one.target != target || one.again != (is_change && one.outcome.is_worth_another_try()) {
        found.push(violation(Rule::Told, format!("row {} is not told as it is: {one:?}", row.row)));
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
            R::Unreachable | R::NoAnswer | R::Untrusted | R::AccessDenied | R::Busy | R::Interrupted | R::Stopped
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
