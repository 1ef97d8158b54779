//! Changes to the answers of WHM API 1.

use serde_json::{Value, json};

use super::json::{Object, object_at};

/// Turns the outer verdict to 0 and leaves what stands within.
pub(super) fn with_outer_refusal(envelope: &mut Object, text: &str) {
    if let Some(metadata) = object_at(envelope, &["metadata"]) {
        metadata.insert("result".to_owned(), json!(0));
        metadata.insert("reason".to_owned(), json!(text));
    }
}

/// Gives the messages where WHM's own functions have them (WHM API documentation, Introduction).
pub(super) fn with_outer_messages(envelope: &mut Object, messages: &[String]) {
    if let Some(metadata) = object_at(envelope, &["metadata"]) {
        metadata.insert("output".to_owned(), json!({"messages": messages}));
    }
}

/// Takes the last answers out of those to the commands of a batch.
pub(super) fn without_last_items(envelope: &mut Object, missing: usize) {
    let data = object_at(envelope, &["data"]);
    if let Some(Value::Array(items)) = data.and_then(|data| data.get_mut("result")) {
        items.truncate(items.len().saturating_sub(missing));
    }
}
