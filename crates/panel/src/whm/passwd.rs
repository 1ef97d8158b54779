//! `passwd`: a new password for an account.

use serde_json::json;

use super::call::{Outcome, Success, WhmCall};
use crate::account_password::{Services, change};

/// Without `db_pass_update=0` the `MySQL` password changes too (WHM API documentation, `passwd`).
pub(super) fn passwd(call: &WhmCall<'_>) -> Outcome {
    let user = call.required("user")?;
    call.required("password")?;
    let account = call.account(&user)?;
    change(&call.within(account), call.arguments.bytes("password").unwrap_or_default())?;
    let mysql = call.arguments.bytes("db_pass_update") != Some(b"0");
    let digest = call.arguments.flag("enabledigest") || call.arguments.flag("digestauth");
    let app = Services { mysql, digest }.changed();
    let reason = format!("Password changed for user “{}”.", account.name);
    Ok(Success { data: json!({"app": app}), reason, complete: true })
}
