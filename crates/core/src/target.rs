//! What gets a new password: a mailbox, or a cPanel account.

use std::fmt;

use crate::account::AccountName;
use crate::address::Address;

/// What gets a new password. Two targets are equal when they are of one kind and their names are so ignoring case.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Target {
    /// A mailbox, by its full address.
    Mailbox(Address),
    /// A cPanel account, by its name.
    Account(AccountName),
}

/// The kinds of targets.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Kind {
    /// A mailbox.
    #[default]
    Mailbox,
    /// A cPanel account.
    Account,
}

impl Target {
    /// The address or the name, as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mailbox(address) => address.as_str(),
            Self::Account(name) => name.as_str(),
        }
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Mailbox(_) => Kind::Mailbox,
            Self::Account(_) => Kind::Account,
        }
    }
}

impl Kind {
    /// The word that lists use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Account => "account",
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl From<Address> for Target {
    fn from(address: Address) -> Self {
        Self::Mailbox(address)
    }
}

impl From<AccountName> for Target {
    fn from(name: AccountName) -> Self {
        Self::Account(name)
    }
}
