//! `PasswdStrength`: how strong a password has to be.

use serde_json::json;

use super::call::{Call, Function, Outcome, Success};
use crate::panel::Panel;
use crate::strength::APPS;
use crate::text::Refusal;

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] =
    &[Function { name: "get_required_strength", feature: None, run: get_required_strength }];

fn get_required_strength(call: &Call<'_>) -> Outcome {
    let app = String::from_utf8_lossy(call.required("app")?);
    if !APPS.contains(&&*app) {
        return Err(Refusal::BadArgument("app".to_owned()));
    }
    Ok(Success::data(json!({"strength": required_strength(call.panel, &app)})))
}

/// The strength that `app` requires; a limit is rounded up to a multiple of 5 (cPanel documentation, Password Strength
/// Configuration).
pub(crate) fn required_strength(panel: &Panel, app: &str) -> u8 {
    let set = panel.strength.get(app).copied().unwrap_or(panel.behaviour().required_strength);
    set.min(100).div_ceil(5) * 5
}
