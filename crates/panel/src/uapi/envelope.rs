//! The envelope around what a function answers.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::call::Outcome;
use crate::behaviour::Warnings;
use crate::text::Language;

/// UAPI's flat envelope, as HTTP carries it; empty lists are null.
#[derive(Serialize)]
pub(crate) struct Envelope {
    status: u8,
    errors: Option<Vec<String>>,
    messages: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Value>,
    data: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<BTreeMap<String, Value>>,
}

impl Envelope {
    /// Wraps an outcome, speaking `language`.
    pub(crate) fn new(outcome: Outcome, language: Language) -> Self {
        let (status, errors, messages, data) = match outcome {
            Ok(success) => (1, None, Some(success.messages).filter(|said| !said.is_empty()), success.data),
            Err(refusal) => (0, Some(vec![refusal.say(language)]), None, Value::Null),
        };
        Self { status, errors, messages, warnings: Some(Value::Null), data, metadata: Some(BTreeMap::new()) }
    }

    /// The same envelope, which says nothing about warnings where that is asked for.
    #[must_use]
    pub(crate) fn with(mut self, warnings: Warnings) -> Self {
        if warnings == Warnings::Absent {
            self.warnings = None;
        }
        self
    }

    /// The same envelope without `metadata`.
    #[must_use]
    pub(crate) fn without_metadata(mut self) -> Self {
        self.metadata = None;
        self
    }

    /// The envelope within the one that the command line and the pass-through of WHM have.
    pub(crate) fn nested(&self, module: &str, function: &str) -> Value {
        json!({"apiversion": 3, "module": module, "func": function, "result": self})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Refusal;
    use crate::uapi::call::Success;

    fn text(outcome: Outcome) -> String {
        serde_json::to_string(&Envelope::new(outcome, Language::En)).unwrap_or_default()
    }

    #[test]
    fn success_has_all_its_nulls() {
        let expected = r#"{"status":1,"errors":null,"messages":null,"warnings":null,"data":null,"metadata":{}}"#;
        assert_eq!(text(Ok(Success::default())), expected);
    }

    #[test]
    fn a_refusal_has_one_error() {
        let expected = "{\"status\":0,\"errors\":[\"You do not have access to the domain “a.b”.\"],\"messages\":null,\
            \"warnings\":null,\"data\":null,\"metadata\":{}}";
        assert_eq!(text(Err(Refusal::NoDomain("a.b".to_owned()))), expected);
    }
}
