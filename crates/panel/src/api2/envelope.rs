//! The envelope of API 2 (cPanel API 2 documentation, Introduction).

use serde_json::{Value, json};

/// What a function answers that ran, whether or not it did its work: that stands in its one row of data.
pub(super) fn ran(module: &str, function: &str, row: &Value) -> Value {
    json!({"cpanelresult": {
        "apiversion": 2,
        "module": module,
        "func": function,
        "preevent": {"result": 1},
        "event": {"result": 1},
        "postevent": {"result": 1},
        "data": [row],
    }})
}

/// What is answered in place of a function that could not be run. Its data is an object, and the verdict in it text.
pub(super) fn could_not_run(module: &str, function: &str, error: &str) -> Value {
    json!({"cpanelresult": {
        "apiversion": 2,
        "module": module,
        "func": function,
        "error": error,
        "event": {"result": 0, "reason": error},
        "data": {"reason": error, "result": "0"},
        "type": "text",
    }})
}
