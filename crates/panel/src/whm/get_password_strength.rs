//! `get_password_strength`: how strong a password is, from 0 to 100.

use serde_json::json;

use super::call::{Outcome, Success, WhmCall};
use crate::strength::score;

/// The score of `password` by the panel's own formula.
pub(super) fn get_password_strength(call: &WhmCall<'_>) -> Outcome {
    let password = call.required("password")?;
    Ok(Success::data(json!({"strength": score(&password)})))
}
