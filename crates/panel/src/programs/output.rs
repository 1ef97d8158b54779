//! The forms that an answer can be written in.

use serde::Serialize as _;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::complaint::Complaint;
use super::yaml;

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Output {
    /// YAML (cPanel API documentation, Introduction).
    #[default]
    Yaml,
    /// JSON on one line.
    Json,
    /// JSON over several lines.
    JsonPretty,
}

impl Output {
    /// The form of that name.
    ///
    /// # Errors
    ///
    /// When there is none, or it is not written here.
    pub(super) fn named(name: &str) -> Result<Self, Complaint> {
        match name {
            "yaml" => Ok(Self::Yaml),
            "json" => Ok(Self::Json),
            "jsonpretty" => Ok(Self::JsonPretty),
            "xml" => Err(Complaint::NoXml),
            _ => Err(Complaint::BadValue("--output", name.to_owned())),
        }
    }

    /// The answer in this form, with a newline at its end.
    pub(super) fn write(self, answer: &Value) -> String {
        match self {
            Self::Yaml => yaml::document(answer),
            Self::Json => format!("{answer}\n"),
            Self::JsonPretty => format!("{}\n", pretty(answer).unwrap_or_default()),
        }
    }
}

fn pretty(answer: &Value) -> Option<String> {
    let mut text = Vec::new();
    answer.serialize(&mut Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b"   "))).ok()?;
    String::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_ends_its_last_line() {
        let answer = json!({"result": {"status": 1}});
        assert_eq!(Output::Json.write(&answer), "{\"result\":{\"status\":1}}\n");
        assert_eq!(Output::JsonPretty.write(&answer), "{\n   \"result\": {\n      \"status\": 1\n   }\n}\n");
        assert_eq!(Output::Yaml.write(&answer), "---\nresult:\n  status: 1\n");
    }
}
