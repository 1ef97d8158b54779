//! What a row's outcome claims, held against what the panel did and said.

use std::time::Duration;

use cprekey_core::outcome::Outcome;
use cprekey_core::plan::Plan;
use cprekey_core::reason::Reason;

use crate::case::Case;
use crate::judge::{Rule, Violations, violation};
use crate::notes::Told;
use crate::rows::Wanted;
use crate::state::{Seen, State};
use crate::world::World;

/// Holds a row's outcome against the truth. Where the run had several sessions, `plan` is the last one's, and a row tells the attempts of one.
pub(crate) fn check_claim(
    case: &Case,
    state: &mut State,
    plan: Option<&Plan>,
    wanted: &Wanted,
    one: &Told,
    found: &mut Violations,
) {
    let target = &wanted.target;
    let sent: Vec<&Seen> = state.seen.iter().filter(|seen| gives(seen, target)).collect();
    let attempts = sent.len();
    let last_word = sent.last().and_then(|seen| word(seen, target));
    let sent_later = sent.iter().any(|seen| seen.at > one.at);
    // What a panel says that is not so can be seen by a verification alone.
    let excused = state.lied_to.contains(target) && !state.proven.contains(target);
    let world = state.world_in_the_end();
    let held = |at| world.held(&case.world, target, &wanted.new, at);
    let was_given = |by| world.was_given(target, by);
    let mut claim = |rule, holds: bool, words: &str| {
        if !holds {
            found.push(violation(rule, format!("row {} ({target}): {words}; {one:?}", one.row)));
        }
    };
    claim(Rule::Attempts, !sent_later, "sent after it was settled");
    if plan.is_some() {
        claim(Rule::Attempts, one.attempts as usize == attempts, &format!("{attempts} requests came"));
    }
    match one.outcome {
        Outcome::Changed => {
            // What a session meant to send before it was cut off is taken for sent where the mailbox has the password.
            claim(Rule::FalseChanged, plan.is_none() || attempts > 0, "changed, and nothing was sent");
            claim(Rule::FalseChanged, excused || held(one.at), "changed, and it does not have the password");
            claim(
                Rule::FalseChanged,
                excused || held(Duration::MAX),
                "changed, and it does not have the password in the end",
            );
        }
        Outcome::Unchanged => claim(Rule::FalseUnchanged, held(one.at), "unchanged, and it does not have the password"),
        Outcome::Refused if attempts == 0 => {
            claim(Rule::FalseRefused, !was_given(Duration::MAX), "ruled out, and it was given a password");
            let is_true = one.reason.is_some_and(|reason| plan_is_right(case, reason, wanted));
            let is_planned = plan.is_none_or(|plan| plan.ruling(one.index) == one.reason);
            claim(Rule::FalseRefused, is_true && is_planned, "refused, and nobody asked the panel");
        }
        // What is done once the panel has said no to the last request can be foreseen by nobody.
        Outcome::Refused => {
            claim(Rule::FalseRefused, last_word == Some(false), "refused, and the panel's last word was no no");
            claim(Rule::FalseRefused, excused || !was_given(one.at), "refused, and it was given the password");
        }
        Outcome::NotTried => {
            claim(Rule::FalseNotTried, !was_given(Duration::MAX), "not tried, and it was given a password");
        }
        Outcome::Unknown => claim(Rule::Attempts, plan.is_none() || attempts > 0, "unknown, and nothing was sent"),
        Outcome::Invalid | Outcome::Skipped => {}
    }
}

/// Whether a request gives this target a password.
fn gives(seen: &Seen, target: &str) -> bool {
    seen.request.works.iter().any(|work| work.target() == Some(target))
}

/// The panel's explicit word on the target, where it was delivered.
fn word(seen: &Seen, target: &str) -> Option<bool> {
    let place = seen.request.works.iter().position(|work| work.target() == Some(target))?;
    seen.delivered.as_ref()?.get(place).copied()
}

/// Whether a row was ruled out for a reason that is true.
fn plan_is_right(case: &Case, reason: Reason, wanted: &Wanted) -> bool {
    let world = &case.world;
    let owner = owner(case, world, wanted);
    match reason {
        Reason::NoSuchMailbox => {
            world.mailboxes.get(&wanted.target).is_none_or(|mailbox| Some(&mailbox.account) != owner.as_ref())
        }
        Reason::NoSuchAccount => owner.is_none_or(|owner| !world.accounts.contains_key(&owner)),
        Reason::NoSuchDomain => owner.is_none(),
        // Nobody said so, and nothing was sent: that is what the words say.
        Reason::NoOwner => true,
        Reason::WrongAccount => {
            !case.whm && wanted.named.as_ref().is_some_and(|named| !world.accounts.contains_key(named))
        }
        Reason::NoOldPassword => !case.whm && !wanted.target.contains('@') && wanted.old.is_none(),
        Reason::AccountSuspended => world.accounts.get(&wanted.target).is_some_and(|account| account.suspended),
        _ => false,
    }
}

/// The account that a call for the row would name.
fn owner(case: &Case, world: &World, wanted: &Wanted) -> Option<String> {
    let Some((_, domain)) = wanted.target.split_once('@') else { return Some(wanted.target.clone()) };
    if !case.whm {
        return world.accounts.keys().next().cloned();
    }
    let named = wanted.named.clone().or_else(|| case.settings.account.clone());
    named.or_else(|| {
        let of = world.accounts.iter().find(|(_, account)| account.domains.iter().any(|own| own == domain));
        of.map(|(name, _)| name.clone())
    })
}
