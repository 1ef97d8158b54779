//! Which entries can be sent, by what the panel said.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::owners::Owners;
use super::standpoint::Standpoint;
use crate::account::AccountName;
use crate::api::Scope;
use crate::change::Change;
use crate::entry::{Entry, Task};
use crate::failpoint::failpoint;
use crate::reason::Reason;
use crate::target::{Kind, Target};

/// What would be changed and what cannot be. Entries are named by their index in the list of entries.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// How many entries will be sent.
    pub changes: usize,
    /// How many of those are of cPanel accounts; the others are of mailboxes.
    pub accounts: usize,
    /// Changes that the panel is known to refuse, and why.
    pub ruled_out: BTreeMap<usize, Reason>,
    /// Changes of mailboxes whose login, or whose account, is suspended: sent all the same, and worth a word.
    pub suspended: BTreeSet<usize>,
    /// Rows that name the same target and password as an earlier one.
    pub repeats: usize,
    /// Rows that never were a change.
    pub invalid: usize,
    /// Rows that the user's filters left out.
    pub skipped: usize,
    /// Rows that an earlier session of the run has settled.
    pub settled: usize,
    /// Which account each change is for.
    pub owners: Owners,
}

impl Plan {
    /// Why the panel would refuse the entry, where that is known.
    #[must_use]
    pub fn ruling(&self, index: usize) -> Option<Reason> {
        self.ruled_out.get(&index).copied()
    }

    /// The plan of a verification: what only a change would be refused for is no ruling here.
    #[must_use]
    pub fn of_verification(mut self) -> Self {
        let before = self.ruled_out.len();
        self.ruled_out.retain(|_, reason| {
            !matches!(reason, Reason::NoOldPassword | Reason::ArgumentsOnly | Reason::AccountSuspended)
        });
        // All three are of accounts.
        let taken_back = before - self.ruled_out.len();
        self.changes += taken_back;
        self.accounts += taken_back;
        self
    }

    /// The plan of a run that is gone on with: changes that an earlier session may have made, by their index, are sent whatever is known of
    /// them now, so none of them is ruled out.
    #[must_use]
    pub fn with_doubtful(mut self, entries: &[Entry], doubtful: &BTreeSet<usize>) -> Self {
        for &index in doubtful {
            let target = entries.get(index).and_then(|entry| entry.target.as_ref());
            if let Some(target) = target
                && self.ruled_out.remove(&index).is_some()
            {
                self.add(index, target.kind(), Standing::Good);
            }
        }
        self
    }

    fn add(&mut self, index: usize, kind: Kind, standing: Standing) {
        self.changes += 1;
        self.accounts += usize::from(kind == Kind::Account);
        if matches!(standing, Standing::Suspended) {
            self.suspended.insert(index);
        }
    }
}

/// Plans what to do with the entries, by what the panel said.
#[must_use]
pub fn plan(entries: &[Entry], facts: &Facts) -> Plan {
    failpoint("plan", b"");
    let mut plan = Plan { owners: facts.owners.clone(), ..Plan::default() };
    for (index, entry) in entries.iter().enumerate() {
        match (&entry.task, &entry.target) {
            (Task::Change(passwords), Some(target)) => {
                match rule(&Change { target, account: entry.account.as_ref(), passwords }, facts) {
                    Ok(standing) => plan.add(index, target.kind(), standing),
                    Err(reason) => {
                        plan.ruled_out.insert(index, reason);
                    }
                }
            }
            (Task::Repeat { .. }, _) => plan.repeats += 1,
            (Task::Skipped(_), _) => plan.skipped += 1,
            (Task::Settled(_), _) => plan.settled += 1,
            (Task::Invalid(_), _) | (Task::Change(_), None) => plan.invalid += 1,
        }
    }
    plan
}

/// Plans a run that sends nothing because the panel could not be asked: a change is ruled out only for what needs no panel to be known.
#[must_use]
pub fn plan_unasked(entries: &[Entry], standpoint: &Standpoint) -> Plan {
    let owners = Owners { scope: standpoint.scope, given: standpoint.account.clone(), ..Owners::default() };
    let facts = Facts { owners, arguments_only: standpoint.arguments_only, ..Facts::default() };
    let mut plan = plan(entries, &facts);
    let ruled_out = plan.ruled_out.len();
    plan.ruled_out.retain(|_, reason| *reason != Reason::NoOwner);
    plan.changes += ruled_out - plan.ruled_out.len();
    plan
}

/// Why a change is ruled out before it is sent, in words.
#[must_use]
pub const fn ruling_words(reason: Reason) -> &'static str {
    match reason {
        Reason::NoSuchMailbox => "not among the mailboxes that the panel lists",
        Reason::NoSuchAccount => "not among the accounts that the panel lists",
        Reason::NoSuchDomain => "the panel knows no account that owns the domain",
        Reason::NoOwner => "nobody could say which account owns the domain; name it by --account or an account column",
        Reason::WrongAccount => "for another account than the one that we act as",
        Reason::NoOldPassword => {
            "an account that changes its own password must tell the old one; fill in a column for it, or go through WHM"
        }
        Reason::ArgumentsOnly => {
            "cpapi2 takes passwords only as arguments, where others on the server can read them; accept that by --allow-argv, or go over HTTPS"
        }
        Reason::AccountSuspended => "the account is suspended, so its password cannot be changed",
        _ => "",
    }
}

/// How a change that can be sent stands.
#[derive(Clone, Copy)]
enum Standing {
    Good,
    Suspended,
}

/// Whether a change can be sent, or why not.
fn rule(change: &Change<'_>, facts: &Facts) -> Result<Standing, Reason> {
    match change.target {
        Target::Mailbox(address) => {
            own(change.account, facts)?;
            let account = facts.owners.of(change.target, change.account)?;
            let home = facts.home(account.as_ref())?;
            let standing = home.standing(address).ok_or(Reason::NoSuchMailbox)?;
            Ok(if standing.login_suspended || home.suspended { Standing::Suspended } else { Standing::Good })
        }
        Target::Account(name) => {
            own(Some(name), facts)?;
            if facts.owners.scope == Scope::Account {
                // Only root and resellers set an account's password without knowing the one that holds.
                return own_password(change, facts);
            }
            let home = facts.home(Some(name))?;
            if home.suspended { Err(Reason::AccountSuspended) } else { Ok(Standing::Good) }
        }
    }
}

/// Whether an account can change its own password.
fn own_password(change: &Change<'_>, facts: &Facts) -> Result<Standing, Reason> {
    match change.passwords.old {
        None => Err(Reason::NoOldPassword),
        Some(_) if facts.arguments_only => Err(Reason::ArgumentsOnly),
        Some(_) => Ok(Standing::Good),
    }
}

/// Refuses a row that is for another account than the one that we are, where we are one.
fn own(named: Option<&AccountName>, facts: &Facts) -> Result<(), Reason> {
    match (named, &facts.user) {
        (Some(named), Some(user)) if !named.as_str().eq_ignore_ascii_case(user) => Err(Reason::WrongAccount),
        _ => Ok(()),
    }
}
