//! Changes an account's own password, by whichever API it is asked for.

use crate::behaviour::SuspendedAccount;
use crate::strength::score;
use crate::text::Refusal;
use crate::uapi::{Call, required_strength};

/// What else has the account's password (cPanel API documentation, WHM `passwd` and cPanel API 2
/// `Passwd::change_password`).
#[derive(Clone, Copy)]
pub(crate) struct Services {
    /// Whether the account's `MySQL` user gets it too.
    pub(crate) mysql: bool,
    /// Whether Digest Authentication is turned on with it.
    pub(crate) digest: bool,
}

impl Services {
    /// The services that have the new password.
    pub(crate) fn changed(self) -> Vec<&'static str> {
        let mysql = self.mysql.then_some("mySQL");
        let digest = self.digest.then_some("webdisk (digest)");
        ["system", "ftp", "mail"].into_iter().chain(mysql).chain(digest).collect()
    }
}

/// Gives the account of the call a new password.
///
/// # Errors
///
/// When the account is suspended or the password too weak, or when it cannot be stored.
pub(crate) fn change(call: &Call<'_>, password: &[u8]) -> Result<(), Refusal> {
    let (panel, account) = (call.panel, call.account);
    if account.suspended && panel.behaviour().suspended_account != SuspendedAccount::Allow {
        return Err(Refusal::Locked);
    }
    let (score, required) = (score(&String::from_utf8_lossy(password)), required_strength(panel, "passwd"));
    if score < required {
        return Err(Refusal::TooWeak { score, required });
    }
    if call.apply {
        panel.passwords.set_own(account, password)?;
        panel.journal.note(&account.name, &account.name, password, call.connection);
    }
    Ok(())
}
