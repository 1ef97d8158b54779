//! `Passwd::change_password`: a new password for the account itself.

use serde_json::{Value, json};

use crate::account_password::{Services, change};
use crate::text::Refusal;
use crate::uapi::Call;

/// The old password has to be right. The documentation writes `enabledigest` in some places and `enabledigestauth` in
/// others, so both are taken (cPanel API 2 documentation, `Passwd::change_password`).
pub(super) fn change_password(call: &Call<'_>) -> Value {
    if let Err(refusal) = checked_change(call) {
        let said = refusal.say(call.language());
        return json!({"status": 0, "statustxt": said, "reason": said, "passwdoutput": ""});
    }
    let digest = call.arguments.flag("enabledigest") || call.arguments.flag("enabledigestauth");
    let services = Services { mysql: call.arguments.flag("enablemysql"), digest }.changed();
    let name = &call.account.name;
    json!({
        "status": 1,
        "statustxt": format!("Password changed for user “{name}”."),
        "passwdoutput": format!("Password for “{name}” has been changed.\n"),
        "applist": services.iter().map(|app| json!({"app": app})).collect::<Value>(),
    })
}

fn checked_change(call: &Call<'_>) -> Result<(), Refusal> {
    let user = String::from_utf8_lossy(call.required("user")?);
    let old = call.required("oldpass")?;
    let new = call.required("newpass")?;
    if *user != *call.account.name {
        return Err(Refusal::NoUser(user.into_owned()));
    }
    if !call.panel.passwords.verify_own(call.account, old)? {
        return Err(Refusal::WrongPassword);
    }
    change(call, new)
}
