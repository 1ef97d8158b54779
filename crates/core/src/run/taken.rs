//! A change that a job has taken, and the calls that it takes.

use std::rc::Rc;

use secrecy::SecretString;

use crate::account::AccountName;
use crate::api::function;
use crate::api::{Answer, Call, Fault, Scope};
use crate::change::{Change, Passwords};
use crate::target::Target;
use crate::text::is_telling;

/// A change that a job has taken. It holds the passwords until its row is settled.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) index: usize,
    pub(super) row: u32,
    pub(super) target: Target,
    /// The account that the row names.
    pub(super) named: Option<AccountName>,
    /// The account that calls name.
    pub(super) account: Option<AccountName>,
    pub(super) passwords: Passwords,
}

/// How changes are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) scope: Scope,
    /// Whether an account's database password changes with it.
    pub(super) database: bool,
}

impl Taken {
    pub(super) fn change(&self) -> Change<'_> {
        Change { target: &self.target, account: self.named.as_ref(), passwords: &self.passwords }
    }

    /// What must not be told of the answer to this change: its own passwords, and those of the others in its group that are long enough not to
    /// be ordinary words.
    pub(super) fn secrets_among<'a>(&'a self, group: &'a [Rc<Self>]) -> Vec<&'a SecretString> {
        let others = group.iter().filter(|other| other.index != self.index).flat_map(|other| other.passwords.all());
        let telling = others.filter(|secret| is_telling(secret));
        self.passwords.all().chain(telling).collect()
    }

    /// The call that makes the change; none where it needs an old password that nobody told.
    pub(super) fn call(&self, manner: Manner) -> Option<Call<'_>> {
        let new = &self.passwords.new;
        match (&self.target, manner.scope) {
            (Target::Mailbox(address), _) => Some(self.on_behalf(function::passwd_pop(address, new))),
            (Target::Account(name), Scope::Server) => Some(function::set_account_password(name, new, manner.database)),
            (Target::Account(name), Scope::Account) => {
                let old = self.passwords.old.as_ref()?;
                Some(function::change_password(name, old, new, manner.database))
            }
        }
    }

    /// The call that asks whether the target has the new password; none where nothing tells that.
    pub(super) fn proof(&self) -> Option<Call<'_>> {
        match &self.target {
            Target::Mailbox(address) => Some(self.on_behalf(function::verify_password(address, &self.passwords.new))),
            Target::Account(_) => None,
        }
    }

    /// What the answer to [`Taken::call`] is, looked at once more where it has more verdicts than its envelope.
    pub(super) fn checked(&self, answer: Answer, manner: Manner) -> Result<Answer, Fault> {
        if answer.is_done() && matches!(self.target, Target::Account(_)) && manner.scope == Scope::Account {
            function::change_agrees(&answer)?;
        }
        Ok(answer)
    }

    fn on_behalf<'a>(&'a self, call: Call<'a>) -> Call<'a> {
        match &self.account {
            Some(account) => call.on_behalf_of(account.as_str()),
            None => call,
        }
    }
}
