//! An ordinary no, in each of the envelopes.

use serde_json::{Value, json};

use crate::subject::{Shape, Subject};

/// The envelope in which the call that is asked for is refused with this text.
pub(super) fn refusal(subject: &Subject, text: &str) -> Value {
    let (module, function) = subject.innermost();
    let uapi = json!({"status": 0, "errors": [text], "messages": null, "warnings": null, "data": null, "metadata": {}});
    match subject.shape {
        Shape::Uapi => uapi,
        Shape::Nested => json!({"apiversion": 3, "module": module, "func": function, "result": uapi}),
        Shape::Whm => json!({"metadata": {"command": function, "version": 1, "result": 0, "reason": text}}),
        Shape::WhmUapi => json!({
            "metadata": {"command": "uapi_cpanel", "version": 1, "result": 1, "reason": "OK"},
            "data": {"uapi": uapi},
        }),
        Shape::Api2 => json!({"cpanelresult": {
            "apiversion": 2,
            "module": module,
            "func": function,
            "event": {"result": 1},
            "data": [{verdict_key(module): 0, "reason": text, "statustxt": text}],
        }}),
    }
}

/// `Passwd` says `status` where others say `result`.
fn verdict_key(module: &str) -> &'static str {
    if module == "Passwd" { "status" } else { "result" }
}
