//! One call of a function, and what comes of it.

use serde_json::Value;

use crate::http::Arguments;
use crate::panel::Panel;
use crate::state::{Account, Mailbox, StoreError, Token};
use crate::text::{Language, Refusal};

/// A call, as its function sees it.
pub(crate) struct Call<'a> {
    /// The panel.
    pub(crate) panel: &'a Panel,
    /// The account that calls.
    pub(crate) account: &'a Account,
    /// The token it calls with, where it is one.
    pub(crate) token: Option<&'a Token>,
    /// The arguments.
    pub(crate) arguments: &'a Arguments,
    /// Whether changes are made; else the call is only judged.
    pub(crate) apply: bool,
    /// The number of the connection that it came on.
    pub(crate) connection: u64,
}

/// What a function answers when it does its work.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Success {
    /// Its data.
    pub(crate) data: Value,
    /// What it has to say beside.
    pub(crate) messages: Vec<String>,
}

impl Success {
    /// Data and nothing to say.
    pub(crate) fn data(data: Value) -> Self {
        Self { data, messages: Vec::new() }
    }
}

/// What comes of a call.
pub(crate) type Outcome = Result<Success, Refusal>;

/// A function of a module.
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: &'static str,
    /// The feature that the account needs for it.
    pub(crate) feature: Option<&'static str>,
    /// What it does.
    pub(crate) run: fn(&Call<'_>) -> Outcome,
}

impl Call<'_> {
    /// The language of the answer.
    pub(crate) fn language(&self) -> Language {
        self.panel.behaviour().language.unwrap_or(self.account.locale)
    }

    /// The bytes of a required argument.
    ///
    /// # Errors
    ///
    /// When it is missing or empty.
    pub(crate) fn required(&self, key: &str) -> Result<&[u8], Refusal> {
        let value = self.arguments.bytes(key).filter(|value| !value.is_empty());
        value.ok_or_else(|| Refusal::NoArgument(key.to_owned()))
    }

    /// The mailbox named by `email` and `domain`: a local part alone means the main domain (cPanel API documentation,
    /// `Email::passwd_pop`).
    ///
    /// # Errors
    ///
    /// When `email` is missing, the domain is foreign, or there is no such mailbox.
    pub(crate) fn mailbox(&self) -> Result<&Mailbox, Refusal> {
        let email = String::from_utf8_lossy(self.required("email")?);
        let address = match email.split_once('@') {
            Some((_, domain)) => {
                self.check_domain(domain)?;
                email.into_owned()
            }
            None if email == self.account.name.as_str() && !self.names_domain() => {
                return Err(Refusal::NoMailbox(email.into_owned()));
            }
            None => {
                let domain = self.arguments.text("domain").unwrap_or_else(|| self.account.domain.as_str().into());
                self.check_domain(&domain)?;
                format!("{email}@{domain}")
            }
        };
        self.account.mailbox(&address).ok_or(Refusal::NoMailbox(address))
    }

    fn names_domain(&self) -> bool {
        self.arguments.bytes("domain").is_some()
    }

    fn check_domain(&self, domain: &str) -> Result<(), Refusal> {
        let ours = self.account.has_domain(domain);
        if ours { Ok(()) } else { Err(Refusal::NoDomain(domain.to_owned())) }
    }
}

impl From<StoreError> for Refusal {
    /// The store's own words stay inside; the caller gets a number, as on a real panel.
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::File { .. } => "fi1e00",
            StoreError::Hash(_) => "ha5h00",
        };
        Self::Internal(kind.to_owned())
    }
}
