//! What the panel said of itself, its accounts and their mailboxes.

use std::collections::HashMap;

use super::owners::Owners;
use crate::account::AccountName;
use crate::address::Address;
use crate::reason::Reason;

/// What the panel said of itself, its accounts and their mailboxes.
#[derive(Debug, Default)]
pub struct Facts {
    /// The cPanel account that we act as, where it is one.
    pub user: Option<String>,
    /// The least strength that the panel demands of a mailbox password, 0 to 100.
    pub required_strength: Option<u8>,
    /// Which account each call is for.
    pub owners: Owners,
    /// The accounts that calls name, as far as the panel told something of them.
    pub accounts: HashMap<AccountName, Home>,
    /// Whether the panel told all accounts that we may see, so that there is no other.
    pub all_accounts: bool,
    /// The account that calls need not name; with nothing known of it, it stands for every account of which nothing is known.
    pub own: Home,
    /// Whether an account's own password could only be sent as an argument that others can read, and that was not allowed.
    pub arguments_only: bool,
    /// What could not be asked, each with the panel's reason, ready to be shown.
    pub notes: Vec<String>,
}

/// An account, as far as it matters.
#[derive(Debug, Default)]
pub struct Home {
    /// It is suspended.
    pub suspended: bool,
    /// Its mailboxes, by their address as it would be sent, in lower case; none where the panel did not tell.
    pub mailboxes: Option<HashMap<String, Standing>>,
}

/// How a mailbox stands.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Standing {
    /// Nobody can log in to it; a new password does not change that.
    pub login_suspended: bool,
}

impl Facts {
    /// What is known of an account; `None` is the one that calls need not name.
    ///
    /// # Errors
    ///
    /// Where the panel told its accounts, and this is not among them.
    pub fn home(&self, account: Option<&AccountName>) -> Result<&Home, Reason> {
        let Some(account) = account else { return Ok(&self.own) };
        match self.accounts.get(account) {
            Some(home) => Ok(home),
            None if self.all_accounts => Err(Reason::NoSuchAccount),
            None => Ok(&self.own),
        }
    }
}

impl Home {
    /// How the mailbox stands; none where the panel told the account's mailboxes and this is not among them.
    ///
    /// Without a listing every mailbox is taken to exist.
    #[must_use]
    pub fn standing(&self, address: &Address) -> Option<Standing> {
        match &self.mailboxes {
            Some(mailboxes) => mailboxes.get(&address.as_str().to_lowercase()).copied(),
            None => Some(Standing::default()),
        }
    }
}
