//! The panel's own words, however it wraps them.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The texts of `errors`, `messages` or `warnings`: null or an array of strings by cPanel's documentation, a bare
/// string or an object with old versions and plug-ins. Reading them never fails on their shape: the verdict does not
/// depend on it.
#[derive(Debug, Default)]
pub(super) struct Texts(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::of)
    }
}

impl Texts {
    /// The texts in a value.
    pub(super) fn of(value: Value) -> Self {
        let mut texts = Vec::new();
        gather(value, &mut texts);
        Self(texts)
    }

    /// The texts that say more than a bare “OK”.
    pub(super) fn telling(self) -> impl Iterator<Item = String> {
        self.0.into_iter().filter(|text| !says_ok(text))
    }
}

fn says_ok(text: &str) -> bool {
    text.trim().trim_end_matches('.').eq_ignore_ascii_case("ok")
}

/// The same texts, each once, in the order in which they first stand.
pub(super) fn once_each(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut each = Vec::new();
    for text in texts {
        if !each.contains(&text) {
            each.push(text);
        }
    }
    each
}

/// Takes every string that is not blank, in the order in which they stand.
fn gather(value: Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => texts.push(text),
        Value::Array(values) => values.into_iter().for_each(|value| gather(value, texts)),
        Value::Object(entries) => entries.into_iter().for_each(|(_, value)| gather(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrapping_is_read() {
        for (json, texts) in [
            ("null", &[][..]),
            ("0", &[]),
            ("false", &[]),
            ("{}", &[]),
            ("[]", &[]),
            (r#"" ""#, &[]),
            (r#"["", null, 3]"#, &[]),
            (r#""one""#, &["one"]),
            (r#"["one", "two"]"#, &["one", "two"]),
            (r#"[["one"], {"text": "two"}]"#, &["one", "two"]),
        ] {
            let Texts(read) = serde_json::from_str(json).unwrap_or_default();
            assert_eq!(read, texts, "{json}");
        }
    }
}
