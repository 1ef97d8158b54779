//! What a function of WHM API 1 is given, and what it gives back.

use std::borrow::Cow;

use serde_json::Value;

use crate::http::Arguments;
use crate::panel::Panel;
use crate::state::{Account, Operator, Token};
use crate::text::{Language, Refusal};
use crate::uapi::Call;

/// A call, as its function sees it.
#[derive(Clone, Copy)]
pub(crate) struct WhmCall<'a> {
    /// The panel.
    pub(crate) panel: &'a Panel,
    /// Who calls.
    pub(crate) operator: &'a Operator,
    /// The token that the call came with; a local program has none, and needs none.
    pub(crate) token: Option<&'a Token>,
    /// The arguments.
    pub(crate) arguments: &'a Arguments,
    /// Whether changes are made; else the call is only judged.
    pub(crate) apply: bool,
    /// The number of the connection that it came on.
    pub(crate) connection: u64,
}

/// What a function answers when it runs.
pub(super) struct Success {
    /// Its data.
    pub(super) data: Value,
    /// What stands in the metadata as the reason.
    pub(super) reason: String,
    /// Whether it did all that it was asked to; a batch may not have.
    pub(super) complete: bool,
}

impl Success {
    /// Data and nothing to say.
    pub(super) fn data(data: Value) -> Self {
        Self { data, reason: "OK".to_owned(), complete: true }
    }
}

/// What comes of a call.
pub(super) type Outcome = Result<Success, Refusal>;

impl<'a> WhmCall<'a> {
    /// The language of the answer.
    pub(super) fn language(&self) -> Language {
        self.panel.behaviour().language.unwrap_or_default()
    }

    /// A required argument as text.
    ///
    /// # Errors
    ///
    /// When it is missing or empty.
    pub(super) fn required(&self, key: &str) -> Result<Cow<'a, str>, Refusal> {
        let value = self.arguments.text(key).filter(|value| !value.is_empty());
        value.ok_or_else(|| Refusal::NoArgument(key.to_owned()))
    }

    /// The account of that name, which is compared with case.
    ///
    /// # Errors
    ///
    /// When there is none, or the caller does not control it.
    pub(super) fn account(&self, name: &str) -> Result<&'a Account, Refusal> {
        let account = self.panel.hosting.account(name).ok_or_else(|| Refusal::NoUser(name.to_owned()))?;
        if self.operator.controls(account) { Ok(account) } else { Err(Refusal::NotOwned(name.to_owned())) }
    }

    /// The accounts that the caller controls, by their names.
    pub(super) fn accounts(&self) -> Vec<&'a Account> {
        let controlled = self.panel.hosting.accounts().filter(|account| self.operator.controls(account));
        let mut accounts: Vec<_> = controlled.collect();
        accounts.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        accounts
    }

    /// The same arguments as a call of the account's own.
    pub(super) fn within(&self, account: &'a Account) -> Call<'a> {
        Call {
            panel: self.panel,
            account,
            token: None,
            arguments: self.arguments,
            apply: self.apply,
            connection: self.connection,
        }
    }
}
