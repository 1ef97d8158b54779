//! Whether what a client reports amounts to success.

use serde_json::Value;

/// Whether the report says that everything was done: by its own exit code, or by every verdict in the answer that it understood.
pub(crate) fn claims_success(report: &Value) -> bool {
    if report["exit"].as_i64().is_some_and(|exit| exit != 0) {
        return false;
    }
    match report.get("answer") {
        Some(answer) => {
            let mut verdicts = Vec::new();
            collect(answer, &mut verdicts);
            !verdicts.is_empty() && verdicts.into_iter().all(is_one)
        }
        None => report.get("error").is_none(),
    }
}

/// Finds the verdicts of every envelope: `status` of UAPI, `result` of WHM, both of API 2.
fn collect<'a>(answer: &'a Value, verdicts: &mut Vec<&'a Value>) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_verdict =
                    matches!(name.as_str(), "status" | "result") && !value.is_object() && !value.is_array();
                if is_verdict {
                    verdicts.push(value);
                } else {
                    collect(value, verdicts);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, verdicts)),
        _ => {}
    }
}

fn is_one(verdict: &Value) -> bool {
    *verdict == 1 || *verdict == "1"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn success_is_every_verdict_a_one() {
        for (report, expected) in [
            (json!({"answer": {"status": 1, "data": null}}), true),
            (json!({"answer": {"result": {"status": 0}}}), false),
            (json!({"answer": {"metadata": {"result": 1}, "data": {"uapi": {"status": 0}}}}), false),
            (json!({"answer": {"cpanelresult": {"event": {"result": 1}, "data": [{"result": 1}]}}}), true),
            (json!({"answer": {"data": {"result": "0"}}}), false),
            (json!({"answer": {}}), false),
            (json!({"exit": 18, "answer": {"status": 1}}), false),
            (json!({"exit": 0, "printed": "OK"}), true),
            (json!({"error": "BadResponse"}), false),
        ] {
            assert_eq!(claims_success(&report), expected, "{report}");
        }
    }
}
