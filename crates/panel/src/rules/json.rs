//! Changes to the JSON of an answer.

use serde_json::{Map, Value, json};

use crate::http::Reply;

/// The reply with its JSON object changed; one that has none stays as it is.
pub(crate) fn edit(mut reply: Reply, change: impl FnOnce(&mut Map<String, Value>)) -> Reply {
    if let Ok(Value::Object(mut envelope)) = serde_json::from_slice(&reply.body) {
        change(&mut envelope);
        reply.body = Value::Object(envelope).to_string().into();
    }
    reply
}

/// Puts the flat envelope into the one that the command line prints.
pub(crate) fn nest(envelope: &mut Map<String, Value>, module: &str, function: &str) {
    let result = std::mem::take(envelope);
    envelope.insert("apiversion".to_owned(), json!(3));
    envelope.insert("module".to_owned(), json!(module));
    envelope.insert("func".to_owned(), json!(function));
    envelope.insert("result".to_owned(), Value::Object(result));
}

/// Turns the number of the status into text.
pub(crate) fn status_as_text(envelope: &mut Map<String, Value>) {
    if let Some(status) = envelope.get_mut("status") {
        *status = Value::String(status.to_string());
    }
}
