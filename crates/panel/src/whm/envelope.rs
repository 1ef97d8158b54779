//! The envelopes around what a function answers.

use serde_json::{Value, json};

use super::call::Outcome;
use crate::text::{Language, Refusal};

/// The envelope of WHM API 1. A function that was run has `data` even when it refuses; one that was not has none.
pub(super) fn version_1(command: &str, outcome: Outcome, language: Language) -> Value {
    let metadata = |result: bool, reason: String| json!({"command": command, "version": 1, "result": u8::from(result), "reason": reason});
    match outcome {
        Ok(success) => json!({"metadata": metadata(success.complete, success.reason), "data": success.data}),
        Err(refusal) => {
            let metadata = metadata(false, refusal.say(language));
            if was_run(&refusal) { json!({"metadata": metadata, "data": {}}) } else { json!({"metadata": metadata}) }
        }
    }
}

/// The envelope of calls without `api.version=1`: that of API 2, with its numbers as text.
pub(super) fn version_0(outcome: Outcome, language: Language) -> Value {
    match outcome {
        Ok(success) => json!({"cpanelresult": {"apiversion": "2", "data": success.data, "type": "text"}}),
        Err(refusal) => {
            let reason = refusal.say(language);
            let data = json!({"reason": reason, "result": "0"});
            json!({"cpanelresult": {"apiversion": "2", "error": reason, "data": data, "type": "text"}})
        }
    }
}

fn was_run(refusal: &Refusal) -> bool {
    !matches!(refusal, Refusal::NoApp(_) | Refusal::NoPrivilege(_))
}
