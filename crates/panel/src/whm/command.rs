//! Runs a function that may stand alone or in a batch, and puts what comes of it into its envelope.

use serde_json::Value;

use super::call::{Outcome, WhmCall};
use super::cpanel::cpanel;
use super::envelope::{version_0, version_1};
use super::table::find;
use crate::text::Refusal;

/// The answer to any function but `batch`, in its envelope; what `cpanel` passes on has one of its own.
pub(super) fn run_command(function: &str, call: &WhmCall<'_>) -> Value {
    if function == "cpanel" {
        return match check_privilege(function, call) {
            Ok(()) => cpanel(call),
            Err(refusal) => wrap(function, call, Err(refusal)),
        };
    }
    enveloped(function, call, |call| {
        let run = find(function).ok_or_else(|| Refusal::NoApp(function.to_owned()))?;
        run(call)
    })
}

/// What `run` answers, in its envelope, if the token has the privilege.
pub(super) fn enveloped(function: &str, call: &WhmCall<'_>, run: impl FnOnce(&WhmCall<'_>) -> Outcome) -> Value {
    wrap(function, call, check_privilege(function, call).and_then(|()| run(call)))
}

/// Without `api.version=1` the envelope is the older one (WHM API documentation, Introduction).
fn wrap(function: &str, call: &WhmCall<'_>, outcome: Outcome) -> Value {
    if call.arguments.bytes("api.version") == Some(b"1") {
        version_1(function, outcome, call.language())
    } else {
        version_0(outcome, call.language())
    }
}

fn check_privilege(function: &str, call: &WhmCall<'_>) -> Result<(), Refusal> {
    let settings = call.panel.behaviour();
    let Some(needed) = settings.acls.get(function) else { return Ok(()) };
    if call.token.is_none_or(|token| token.grants(needed)) { Ok(()) } else { Err(Refusal::NoPrivilege(needed.clone())) }
}
