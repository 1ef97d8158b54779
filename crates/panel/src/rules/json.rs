//! Changes to the JSON of an answer.

use serde_json::{Map, Value, json};

use crate::http::Reply;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The reply with its JSON object changed; one that has none stays as it is.
pub(super) fn edit(mut reply: Reply, change: impl FnOnce(&mut Object)) -> Reply {
    if let Ok(Value::Object(mut envelope)) = serde_json::from_slice(&reply.body) {
        change(&mut envelope);
        reply.body = Value::Object(envelope).to_string().into();
    }
    reply
}

/// Puts the flat envelope into the one that the command line prints.
pub(super) fn nest(envelope: &mut Object, module: &str, function: &str) {
    let result = std::mem::take(envelope);
    envelope.insert("apiversion".to_owned(), json!(3));
    envelope.insert("module".to_owned(), json!(module));
    envelope.insert("func".to_owned(), json!(function));
    envelope.insert("result".to_owned(), Value::Object(result));
}

/// Makes the answer larger by so many bytes, in its metadata where it has any.
pub(super) fn pad(envelope: &mut Object, bytes: usize) {
    let metadata = if envelope.contains_key("metadata") { &["metadata"][..] } else { &[] };
    if let Some(object) = object_at(envelope, metadata) {
        object.insert("padding".to_owned(), Value::String("x".repeat(bytes)));
    }
}

/// Turns the number of every verdict into text: of `status` and of `result`, however deep.
pub(super) fn verdicts_as_text(envelope: &mut Object) {
    each_object(envelope, &mut |object| {
        for key in ["status", "result"] {
            if let Some(verdict) = object.get_mut(key).filter(|verdict| verdict.is_number()) {
                *verdict = Value::String(verdict.to_string());
            }
        }
    });
}

/// Takes every verdict away.
pub(super) fn without_verdicts(envelope: &mut Object) {
    each_object(envelope, &mut |object| {
        object.retain(|key, value| !(value.is_number() && (key == "status" || key == "result")));
    });
}

/// Changes the UAPI envelope within the answer, or else the answer itself.
pub(super) fn in_uapi(envelope: &mut Object, change: impl FnOnce(&mut Object)) {
    let paths: [&[&str]; 3] = [&["data", "uapi"], &["result"], &[]];
    let path = paths.into_iter().find(|path| object_at(envelope, path).is_some()).unwrap_or_default();
    object_at(envelope, path).map(change);
}

/// The object that the keys lead to, one after the other.
pub(super) fn object_at<'a>(object: &'a mut Object, path: &[&str]) -> Option<&'a mut Object> {
    path.iter().try_fold(object, |object, key| object.get_mut(*key)?.as_object_mut())
}

fn each_object(object: &mut Object, change: &mut impl FnMut(&mut Object)) {
    change(object);
    for value in object.values_mut() {
        each_object_within(value, change);
    }
}

fn each_object_within(value: &mut Value, change: &mut impl FnMut(&mut Object)) {
    match value {
        Value::Object(object) => each_object(object, change),
        Value::Array(values) => values.iter_mut().for_each(|value| each_object_within(value, change)),
        _ => {}
    }
}
