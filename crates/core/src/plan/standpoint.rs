//! From where the panel is asked.

use std::num::NonZeroUsize;

use crate::account::AccountName;
use crate::api::Scope;

/// From where the panel is asked.
#[derive(Clone, Debug)]
pub struct Standpoint {
    /// For whom calls act.
    pub scope: Scope,
    /// The account of every mailbox whose row names none; without it, the owners of their domains are looked up.
    pub account: Option<AccountName>,
    /// How many questions may be under way at once, where they are many.
    pub jobs: NonZeroUsize,
}

impl Default for Standpoint {
    /// That of an account's owner, who asks one question at a time.
    fn default() -> Self {
        Self { scope: Scope::Account, account: None, jobs: NonZeroUsize::MIN }
    }
}
