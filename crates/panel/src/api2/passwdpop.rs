//! `Email::passwdpop`: a new password for a mailbox.

use serde_json::{Value, json};

use crate::text::Refusal;
use crate::uapi::{Call, Outcome, run};

/// `email` is the local part alone, and `domain` has to be given (cPanel API 2 documentation, `Email::passwdpop`).
pub(super) fn passwdpop(call: &Call<'_>) -> Value {
    match change(call) {
        Ok(_) => json!({"result": 1, "reason": "OK"}),
        Err(refusal) => json!({"result": 0, "reason": refusal.say(call.language())}),
    }
}

fn change(call: &Call<'_>) -> Outcome {
    let domain = String::from_utf8_lossy(call.required("domain")?);
    let email = String::from_utf8_lossy(call.required("email")?);
    if email.contains('@') {
        return Err(Refusal::NoMailbox(format!("{email}@{domain}")));
    }
    run("Email", "passwd_pop", call)
}
