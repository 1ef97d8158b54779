//! Which functions of API 2 there are.

use serde_json::Value;

use super::change_password::change_password;
use super::passwdpop::passwdpop;
use crate::uapi::Call;

/// What a function does; it gives its row of data.
pub(super) type Run = fn(&Call<'_>) -> Value;

/// The function of that name, if the module has it.
pub(super) fn find(module: &str, function: &str) -> Option<Run> {
    match (module, function) {
        ("Email", "passwdpop") => Some(passwdpop),
        ("Passwd", "change_password") => Some(change_password),
        _ => None,
    }
}
