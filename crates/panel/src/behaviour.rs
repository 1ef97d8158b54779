//! What the panel does where real panels differ; every setting can be changed while it runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::program_settings::ProgramSettings;
use crate::text::Language;

/// How a credential that does not hold is answered.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum Denial {
    /// 403 in plain text with an API 2 shaped body: what most panels do.
    #[default]
    #[serde(rename = "403")]
    Forbidden,
    /// 401 with the login page.
    #[serde(rename = "401-html")]
    Unauthorized,
    /// The login page under status 200.
    #[serde(rename = "login-page-200")]
    LoginPage,
    /// A redirect to the login page.
    #[serde(rename = "redirect")]
    Redirect,
}

/// What a password change does to a mailbox whose logins are suspended.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SuspendedMailbox {
    /// The password changes, the suspension stays.
    #[default]
    Keep,
    /// The password changes, and the suspension ends.
    Lift,
    /// The change is refused.
    Refuse,
}

/// What an account that is suspended gets to hear.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SuspendedAccount {
    /// Its token is denied.
    #[default]
    Deny,
    /// Its token holds, but every call is refused.
    Refuse,
    /// Nothing is different.
    Allow,
}

/// How a function of the other face is answered.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum WrongFace {
    /// 403, permission denied.
    #[default]
    #[serde(rename = "403")]
    Forbidden,
    /// 404.
    #[serde(rename = "404")]
    NotFound,
}

/// What `getdomainowner` says about a domain that nobody has.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum UnknownDomain {
    /// Its owner is null.
    #[default]
    Null,
    /// The call is refused.
    Refuse,
}

/// What WHM makes of batches.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Batches {
    /// Whether it knows them.
    pub(crate) known: bool,
    /// The most commands that one may have; any number without it.
    pub(crate) largest: Option<usize>,
    /// Whether one fails also when a command ran, but the UAPI function that it passed on refused.
    pub(crate) counts_uapi: bool,
    /// How much longer its answer takes for every command, in milliseconds.
    pub(crate) command_ms: u64,
}

impl Default for Batches {
    fn default() -> Self {
        Self { known: true, largest: None, counts_uapi: false, command_ms: 0 }
    }
}

/// How `list_pops` writes its flags.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Numbers {
    /// As the numbers 0 and 1.
    #[default]
    Number,
    /// As the texts "0" and "1".
    Text,
}

/// What stands for warnings in an envelope that has none.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Warnings {
    /// Null.
    #[default]
    Null,
    /// Not even the key.
    Absent,
}

/// The settings of a running panel.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Behaviour {
    /// The password strength that is asked for, 0 to 100; rounded up to a multiple of 5.
    pub(crate) required_strength: u8,
    /// Whether the Receive Mail role is on; without it mailbox passwords cannot be changed.
    pub(crate) receive_mail: bool,
    /// The shape of a denial.
    pub(crate) denied: Denial,
    /// The fate of a change to a suspended mailbox.
    pub(crate) suspended_mailbox: SuspendedMailbox,
    /// The fate of a call by a suspended account.
    pub(crate) suspended_account: SuspendedAccount,
    /// What a successful change says in `messages`; nothing when empty.
    pub(crate) messages: Vec<String>,
    /// How the flags of mailboxes are listed.
    pub(crate) numbers: Numbers,
    /// How an envelope says that there are no warnings.
    pub(crate) warnings: Warnings,
    /// The language of every account, instead of its own.
    pub(crate) language: Option<Language>,
    /// How long every answer takes at least, in milliseconds; a change is made before that.
    pub(crate) latency_ms: u64,
    /// How many more authenticated requests are let in before every token dies.
    pub(crate) token_dies_after: Option<u64>,
    /// Whether every connection is closed after one answer.
    pub(crate) close_each: bool,
    /// What a function of the other face gets to hear.
    pub(crate) wrong_face: WrongFace,
    /// What WHM says about the owner of a domain that nobody has.
    pub(crate) unknown_domain: UnknownDomain,
    /// What WHM makes of batches.
    pub(crate) batch: Batches,
    /// The privilege that a token needs for a function of WHM; none for a function that is not named.
    pub(crate) acls: BTreeMap<String, String>,
    /// What the local programs do.
    pub(crate) local: ProgramSettings,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            required_strength: 65,
            receive_mail: true,
            denied: Denial::default(),
            suspended_mailbox: SuspendedMailbox::default(),
            suspended_account: SuspendedAccount::default(),
            messages: Vec::new(),
            numbers: Numbers::default(),
            warnings: Warnings::default(),
            language: None,
            latency_ms: 0,
            token_dies_after: None,
            close_each: false,
            wrong_face: WrongFace::default(),
            unknown_domain: UnknownDomain::default(),
            batch: Batches::default(),
            acls: privileges(),
            local: ProgramSettings::default(),
        }
    }
}

/// The best that is known of WHM's privileges for these functions.
fn privileges() -> BTreeMap<String, String> {
    let known = [("listaccts", "list-accts"), ("listsuspended", "list-accts"), ("passwd", "passwd")];
    known.map(|(function, privilege)| (function.to_owned(), privilege.to_owned())).into()
}

impl Behaviour {
    /// These settings with the keys of a JSON object laid over them.
    ///
    /// # Errors
    ///
    /// When `patch` is no object, names an unknown setting or gives one a wrong value.
    pub(crate) fn patched(&self, patch: Value) -> Result<Self, serde_json::Error> {
        let patch: Map<String, Value> = serde_json::from_value(patch)?;
        let mut settings: Map<String, Value> = serde_json::from_value(serde_json::to_value(self)?)?;
        settings.extend(patch);
        serde_json::from_value(Value::Object(settings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else() {
        let start = Behaviour { latency_ms: 7, ..Behaviour::default() };
        let patched = start.patched(serde_json::json!({"denied": "401-html", "token_dies_after": 3})).ok();
        let expected = Behaviour { denied: Denial::Unauthorized, token_dies_after: Some(3), ..start };
        assert_eq!(patched, Some(expected));
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        assert!(Behaviour::default().patched(serde_json::json!({"latency": 3})).is_err());
        assert!(Behaviour::default().patched(serde_json::json!(3)).is_err());
    }
}
