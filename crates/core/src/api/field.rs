//! What a call would send, as it may be shown.

use std::borrow::Cow;

use super::call::Argument;

/// A key and its value, as they may be shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// The value; none where it is a secret.
    pub value: Option<String>,
}

/// These fields and the arguments behind them, in the order in which they are sent.
pub(super) fn shown(fields: &[(&str, &str)], arguments: &[(Cow<'_, str>, Argument<'_>)]) -> Vec<Field> {
    let fields = fields.iter().map(|(key, value)| Field { key: (*key).to_owned(), value: Some((*value).to_owned()) });
    let arguments = arguments.iter().map(|(key, value)| Field { key: key.to_string(), value: plain(value) });
    fields.chain(arguments).collect()
}

fn plain(argument: &Argument<'_>) -> Option<String> {
    match argument {
        Argument::Plain(text) => Some(text.to_string()),
        Argument::Secret(_) => None,
    }
}
