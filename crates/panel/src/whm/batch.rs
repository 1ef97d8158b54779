//! `batch`: several functions in one request.

use serde_json::{Value, json};

use super::account::account_of;
use super::call::{Outcome, Success, WhmCall};
use super::command::run_command;
use crate::http::{Arguments, Reply};
use crate::rules::bend;
use crate::subject::Subject;
use crate::text::Refusal;

/// Runs the commands in their order; the answers stand in the same order. One that fails makes the whole fail, and with
/// `abort_on_error` ends it (WHM API documentation, `batch`).
pub(super) fn batch(call: &WhmCall<'_>) -> Outcome {
    let commands = accepted(call)?;
    let aborts = call.arguments.flag("abort_on_error");
    let inner_counts = call.panel.behaviour().batch.counts_uapi;
    let mut results = Vec::with_capacity(commands.len());
    let mut failures = 0;
    for command in &commands {
        let result = run_one(call, command);
        failures += usize::from(has_failed(&result, inner_counts));
        results.push(result);
        if aborts && failures > 0 {
            break;
        }
    }
    let complete = failures == 0;
    let reason = if complete { "OK".to_owned() } else { format!("{failures} of {} commands failed.", commands.len()) };
    Ok(Success { data: json!({"result": results}), reason, complete })
}

/// The commands, if the panel takes batches, and of this size.
fn accepted<'a>(call: &WhmCall<'a>) -> Result<Vec<&'a [u8]>, Refusal> {
    let settings = call.panel.behaviour().batch;
    if !settings.known {
        return Err(Refusal::NoApp("batch".to_owned()));
    }
    let commands = call.arguments.list_of_bytes("command");
    if commands.is_empty() {
        return Err(Refusal::NoArgument("command".to_owned()));
    }
    match settings.largest {
        Some(largest) if commands.len() > largest => Err(Refusal::BatchTooLarge(largest)),
        _ => Ok(commands),
    }
}

/// A command is `function?key=value&key=value`, encoded as a query. Rules decide it like a request of its own, if their
/// answers can stand in a list; raw text that is no JSON stands there as null.
fn run_one(call: &WhmCall<'_>, command: &[u8]) -> Value {
    let end = command.iter().position(|byte| *byte == b'?').unwrap_or(command.len());
    let function = String::from_utf8_lossy(&command[..end]);
    let mut arguments = Arguments::default();
    arguments.read_form(command.get(end + 1..).unwrap_or_default());
    arguments.read_form(b"api.version=1");
    let subject = Subject::whm(&function, &arguments).completed(|| account_of(call.panel, &arguments)).in_batch();
    let subject = if call.token.is_none() { subject.by_program() } else { subject };
    for function in &subject.functions {
        call.panel.counters.called(function);
    }
    let rule = call.panel.rules.decide(&subject);
    let apply = call.apply && rule.as_ref().is_none_or(|rule| rule.apply);
    let own = run_command(&function, &WhmCall { arguments: &arguments, apply, ..*call });
    match rule {
        Some(rule) => {
            serde_json::from_slice(&bend(&rule.answer, &subject, Reply::json(&own)).0.body).unwrap_or_default()
        }
        None => own,
    }
}

/// Where the verdict of a function stands that was passed through.
fn inner_verdicts(result: &Value) -> [&Value; 3] {
    [&result["data"]["uapi"]["status"], &result["result"]["status"], &result["cpanelresult"]["event"]["result"]]
}

/// Whether the answer says that its command failed; what a function said that was passed through counts only with
/// `inner_counts`.
fn has_failed(result: &Value, inner_counts: bool) -> bool {
    let is_zero = |verdict: &Value| *verdict == json!(0) || *verdict == json!("0");
    is_zero(&result["metadata"]["result"])
        || is_zero(&result["data"]["result"])
        || (inner_counts && inner_verdicts(result).into_iter().any(is_zero))
}

#[cfg(test)]
mod tests;
