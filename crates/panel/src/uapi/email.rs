//! `Email`: passwords of mailboxes, and the suspension of their logins.

use serde_json::{Value, json};

use super::call::{Call, Function, Outcome, Success};
use super::passwd_strength::required_strength;
use crate::behaviour::SuspendedMailbox;
use crate::state::Mailbox;
use crate::strength::score;
use crate::text::Refusal;

const FEATURE: Option<&str> = Some("popaccts");

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function { name: "passwd_pop", feature: FEATURE, run: passwd_pop },
    Function { name: "verify_password", feature: FEATURE, run: verify_password },
    Function { name: "suspend_login", feature: FEATURE, run: |call| suspend(call, true) },
    Function { name: "unsuspend_login", feature: FEATURE, run: |call| suspend(call, false) },
];

/// Changes a password. Checked in this order: the role, the arguments, the mailbox, its suspension, the strength.
fn passwd_pop(call: &Call<'_>) -> Outcome {
    let settings = call.panel.behaviour();
    if !settings.receive_mail {
        return Err(Refusal::RoleOff);
    }
    call.required("email")?;
    let password = call.required("password")?;
    let mailbox = call.mailbox()?;
    if mailbox.suspended_login.get() && settings.suspended_mailbox == SuspendedMailbox::Refuse {
        return Err(Refusal::MailboxSuspended(mailbox.address.clone()));
    }
    let (score, required) = (score(&String::from_utf8_lossy(password)), required_strength(call.panel, "pop"));
    if score < required {
        return Err(Refusal::TooWeak { score, required });
    }
    if call.apply {
        change(call, mailbox, password, settings.suspended_mailbox)?;
    }
    Ok(Success { data: Value::Null, messages: settings.messages.clone() })
}

fn change(call: &Call<'_>, mailbox: &Mailbox, password: &[u8], suspension: SuspendedMailbox) -> Result<(), Refusal> {
    let (panel, account) = (call.panel, call.account);
    if suspension == SuspendedMailbox::Lift && mailbox.suspended_login.get() {
        panel.passwords.suspend(account, mailbox, false)?;
    }
    panel.passwords.set(account, mailbox, password)?;
    panel.journal.note(&account.name, &mailbox.address, password, call.connection);
    Ok(())
}

/// A mailbox that is not there is refused; a password that is not right is an answer.
fn verify_password(call: &Call<'_>) -> Outcome {
    call.required("email")?;
    let password = call.required("password")?;
    let valid = call.panel.passwords.verify(call.account, call.mailbox()?, password)?;
    Ok(Success::data(json!(u8::from(valid))))
}

fn suspend(call: &Call<'_>, suspended: bool) -> Outcome {
    let mailbox = call.mailbox()?;
    if mailbox.suspended_login.get() == suspended {
        let state = if suspended { "suspended" } else { "not suspended" };
        let said = format!("The logins of “{}” are {state} already.", mailbox.address);
        return Ok(Success { data: Value::Null, messages: vec![said] });
    }
    if call.apply {
        call.panel.passwords.suspend(call.account, mailbox, suspended)?;
    }
    Ok(Success::default())
}
