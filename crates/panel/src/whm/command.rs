//! Runs a function that may stand alone or in a batch, and puts what comes of it into its envelope.

use serde_json::Value;

use super::call::{Outcome, WhmCall};
use super::envelope::{version_0, version_1};
use super::table::find;
use crate::text::Refusal;

/// The answer to any function but `batch`, in its envelope.
pub(super) fn run_command(function: &str, call: &WhmCall<'_>) -> Value {
    enveloped(function, call, |call| {
        let run = find(function).ok_or_else(|| Refusal::NoApp(function.to_owned()))?;
        run(call)
    })
}

/// What `run` answers, in the envelope that was asked for, if the token has the privilege. Without `api.version=1` it
/// has the older shape (WHM API documentation, Introduction).
pub(super) fn enveloped(function: &str, call: &WhmCall<'_>, run: impl FnOnce(&WhmCall<'_>) -> Outcome) -> Value {
    let outcome = check_privilege(function, call).and_then(|()| run(call));
    if call.arguments.bytes("api.version") == Some(b"1") {
        version_1(function, outcome, call.language())
    } else {
        version_0(outcome, call.language())
    }
}

fn check_privilege(function: &str, call: &WhmCall<'_>) -> Result<(), Refusal> {
    let settings = call.panel.behaviour();
    let Some(needed) = settings.acls.get(function) else { return Ok(()) };
    if call.token.grants(needed) { Ok(()) } else { Err(Refusal::NoPrivilege(needed.clone())) }
}
