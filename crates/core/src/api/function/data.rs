//! Reading a function's data, whose numbers are strings with some versions.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::answer::Answer;
use super::super::fault::Fault;

/// Reads an answer's data.
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where there is none, or not of this shape; nothing of it is quoted.
pub(super) fn read<'a, T: Deserialize<'a>>(answer: &'a Answer, function: &str) -> Result<T, Fault> {
    let data = answer.data.as_deref().map_or("null", RawValue::get);
    serde_json::from_str(data).map_err(|_| Fault::unusable(format!("its data is not what {function} answers")))
}

/// A yes or a no as cPanel's functions write it: 1 or 0, as a number, a string or a truth value; anything else is
/// `None`.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::Number(number) if number.as_u64() == Some(1) => Some(true),
        Value::Number(number) if number.as_u64() == Some(0) => Some(false),
        Value::String(text) if text == "1" => Some(true),
        Value::String(text) if text == "0" => Some(false),
        _ => None,
    }
}

/// A flag that only warns: missing, null and unreadable are a no.
///
/// # Errors
///
/// Fails only on broken JSON.
pub(super) fn lenient_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Value::deserialize(deserializer).map(|value| flag(&value).unwrap_or_default())
}

/// A text that is not empty.
pub(super) fn word(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
pub(super) fn answering(data: &str) -> Answer {
    Answer {
        data: RawValue::from_string(data.to_owned()).ok().filter(|data| data.get() != "null"),
        ..Answer::bare(crate::api::answer::Verdict::Done)
    }
}
