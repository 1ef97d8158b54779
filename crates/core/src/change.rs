//! One row understood: what gets a new password, for whom, and which.

use secrecy::SecretString;

use crate::account::AccountName;
use crate::target::Target;

/// One row understood.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What gets the password.
    pub target: &'a Target,
    /// The cPanel account that a mailbox's row names as the one to act for.
    pub account: Option<&'a AccountName>,
    /// The passwords.
    pub passwords: &'a Passwords,
}

/// The passwords of a row.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// The one to set.
    pub new: SecretString,
    /// The one that an account has now, where the row tells it: an account that changes its own password must. A mailbox's is not read.
    pub old: Option<SecretString>,
}

impl Passwords {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &SecretString> {
        [&self.new].into_iter().chain(&self.old)
    }
}

impl From<SecretString> for Passwords {
    fn from(new: SecretString) -> Self {
        Self { new, old: None }
    }
}
