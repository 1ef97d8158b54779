//! Which account each call is for.

use std::collections::HashMap;

use crate::account::AccountName;
use crate::api::Scope;
use crate::reason::Reason;
use crate::target::Target;

/// Who owns a domain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Owner {
    /// This account.
    Account(AccountName),
    /// No account that we may see.
    Nobody,
    /// The panel did not say.
    NotTold,
}

/// Which account each call is for, as far as it has to be named.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// For whom calls act.
    pub scope: Scope,
    /// The account that the user named for all rows that name none.
    pub given: Option<AccountName>,
    /// The owners of domains, in lower case.
    pub domains: HashMap<String, Owner>,
}

impl Owners {
    /// The account that a call for this target names: none where calls name none.
    ///
    /// `named` is the account that the row names.
    ///
    /// # Errors
    ///
    /// Says why nobody knows it.
    pub fn of(&self, target: &Target, named: Option<&AccountName>) -> Result<Option<AccountName>, Reason> {
        if self.scope == Scope::Account {
            return Ok(None);
        }
        let Target::Mailbox(address) = target else { return Ok(None) };
        if let Some(account) = named.or(self.given.as_ref()) {
            return Ok(Some(account.clone()));
        }
        match self.domains.get(address.domain()) {
            Some(Owner::Account(account)) => Ok(Some(account.clone())),
            Some(Owner::Nobody) => Err(Reason::NoSuchDomain),
            Some(Owner::NotTold) | None => Err(Reason::NoOwner),
        }
    }
}
