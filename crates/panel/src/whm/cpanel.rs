//! `cpanel`: a function of API 2 or UAPI on behalf of an account, answered without WHM's own envelope.

use serde_json::{Value, json};

use super::call::WhmCall;
use crate::api2::answer;

/// What stands for an account that is not named, not there, not the caller's, or not in lower case.
const BAD_USER: &str = "User parameter is invalid or was not supplied";

/// The account's own answer (WHM API documentation, Use WHM API to call cPanel API and UAPI).
pub(super) fn cpanel(call: &WhmCall<'_>) -> Value {
    let user = call.arguments.text("cpanel_jsonapi_user").unwrap_or_default();
    match call.account(&user) {
        Ok(account) if *user == user.to_lowercase() => answer(&call.within(account)),
        _ => json!({"data": {"reason": BAD_USER, "result": "0"}, "type": "text", "error": BAD_USER}),
    }
}
