//! Changes to the answers of API 2, above all such that its verdicts contradict each other.

use serde_json::{Value, json};

use super::json::{Object, object_at};

/// Sets the verdict on the event and that in the first row of data.
pub(super) fn with_verdicts(envelope: &mut Object, event: u8, data: u8) {
    if let Some(there) = object_at(envelope, &["cpanelresult", "event"]) {
        there.insert("result".to_owned(), json!(event));
    }
    if let Some(row) = row(envelope) {
        let key = if row.contains_key("status") { "status" } else { "result" };
        row.insert(key.to_owned(), json!(data));
    }
}

/// Gives the reason in the first row of data.
pub(super) fn with_reason(envelope: &mut Object, text: &str) {
    if let Some(row) = row(envelope) {
        for key in ["reason", "statustxt"] {
            row.insert(key.to_owned(), json!(text));
        }
    }
}

/// Adds an error to whatever the verdicts are.
pub(super) fn with_error(envelope: &mut Object, text: &str) {
    if let Some(result) = object_at(envelope, &["cpanelresult"]) {
        result.insert("error".to_owned(), json!(text));
    }
}

/// Gives the first row of data in place of the list.
pub(super) fn with_data_as_object(envelope: &mut Object) {
    let data = object_at(envelope, &["cpanelresult"]).and_then(|result| result.get_mut("data"));
    if let Some(data) = data
        && let Some(row) = data.get_mut(0).map(Value::take)
    {
        *data = row;
    }
}

fn row(envelope: &mut Object) -> Option<&mut Object> {
    let data = object_at(envelope, &["cpanelresult"])?.get_mut("data")?;
    data.get_mut(0).and_then(Value::as_object_mut)
}
