//! The joint: take an address and a password, say whether the mailbox lets somebody in with it.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use secrecy::SecretString;

use crate::address::Address;

/// What came of a login. No variant holds a secret; their words are safe to show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Login {
    /// The mailbox let us in: it has this password.
    Holds,
    /// The mail server says that the password is wrong.
    Refused {
        /// What it said.
        words: String,
    },
    /// The mail server could not be asked, or could not say: that tells nothing of the password.
    Down {
        /// Why.
        detail: String,
    },
}

impl Login {
    /// The mail server could not be asked, for this reason.
    pub(crate) fn down(detail: impl Into<String>) -> Self {
        Self::Down { detail: detail.into() }
    }
}

/// A login that is under way.
pub type LoggingIn<'a> = Pin<Box<dyn Future<Output = Login> + 'a>>;

/// A way to mail servers.
pub trait Mail: Debug {
    /// The server that is asked for a mailbox, as it is shown and told from others.
    fn server(&self, mailbox: &Address) -> String;

    /// Logs in once, and out again: no retry, no pace, no second thought.
    fn log_in<'a>(&'a self, mailbox: &'a Address, password: &'a SecretString) -> LoggingIn<'a>;
}
