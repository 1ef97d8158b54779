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
    /// Whether an account's own password could only be sent as an argument that others can read, and that was not allowed.
    pub arguments_only: bool,
    /// How many questions may be under way at once, where they are many.
    pub jobs: NonZeroUsize,
}

impl Default for Standpoint {
    /// That of an account's owner, who asks one question at a time.
    fn default() -> Self {
        Self { scope: Scope::Account, account: None, arguments_only: false, jobs: NonZeroUsize::MIN }
    }
}
