//! Whether an answer says that the call did what it was asked to.

use serde_json::Value;

/// Whether every verdict in the envelope is a yes; what is no envelope says nothing.
pub(super) fn is_yes(answer: &Value) -> bool {
    let api2 = &answer["cpanelresult"];
    if api2.is_object() {
        let row = &api2["data"][0];
        let refused = ["result", "status"].into_iter().any(|key| !row[key].is_null() && !is_one(&row[key]));
        return is_one(&api2["event"]["result"]) && api2["error"].is_null() && !refused;
    }
    is_one(&answer["metadata"]["result"]) || is_one(&answer["result"]["status"])
}

fn is_one(verdict: &Value) -> bool {
    verdict.as_u64() == Some(1) || verdict.as_str() == Some("1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_envelope_has_its_verdict() {
        for (answer, yes) in [
            (json!({"result": {"status": 1}}), true),
            (json!({"result": {"status": "1"}}), true),
            (json!({"result": {"status": 0}}), false),
            (json!({"metadata": {"result": 1}, "data": {"uapi": {"status": 0}}}), true),
            (json!({"metadata": {"result": 0}}), false),
            (json!({"cpanelresult": {"event": {"result": 1}, "data": [{"result": 1}]}}), true),
            (json!({"cpanelresult": {"event": {"result": 1}, "data": [{"status": 0}]}}), false),
            (json!({"cpanelresult": {"event": {"result": 0}, "data": [{"result": 1}]}}), false),
            (json!({"cpanelresult": {"event": {"result": 1}, "data": [{"result": 1}], "error": "x"}}), false),
            (json!({"error": "x"}), false),
        ] {
            assert_eq!(is_yes(&answer), yes, "{answer}");
        }
    }
}
