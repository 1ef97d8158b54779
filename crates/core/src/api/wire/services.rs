//! The services for which an account's password was changed, in words.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::json;

/// The names of services, in whatever shape they are listed: WHM API 1's `passwd` lists names, cPanel API 2's
/// `Passwd::change_password` objects with an `app` (cPanel API documentation). Reading them never fails on their shape.
#[derive(Debug, Default)]
pub(super) struct Services(Vec<String>);

impl<'de> Deserialize<'de> for Services {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut names = Vec::new();
        gather(&Value::deserialize(deserializer)?, &mut names);
        Ok(Self(names))
    }
}

fn gather(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(name) if !name.trim().is_empty() => names.push(name.trim().to_owned()),
        Value::Array(values) => values.iter().for_each(|value| gather(value, names)),
        Value::Object(entries) => entries.get("app").into_iter().for_each(|app| gather(app, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl Services {
    /// One message that names them all; none where there are none.
    pub(super) fn message(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| format!("changed for: {}", self.0.join(", ")))
    }
}

/// The message of the services in the data of WHM API 1's `passwd`.
pub(super) fn of_passwd(data: Option<&RawValue>) -> Option<String> {
    #[derive(Deserialize)]
    struct Passwd {
        #[serde(default)]
        app: Services,
    }
    json::object::<Passwd>(data?.get()).ok()?.app.message()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_listed_in_many_shapes() {
        for (json, message) in [
            (r#"["system","ftp","mail"]"#, Some("changed for: system, ftp, mail")),
            (r#"[{"app":"system"},{"app":"ftp"}]"#, Some("changed for: system, ftp")),
            (r#"{"app":"system"}"#, Some("changed for: system")),
            (r#"{"app":["system","mail"]}"#, Some("changed for: system, mail")),
            (r#""system""#, Some("changed for: system")),
            ("null", None),
            ("[]", None),
            (r#"["",{},{"name":"x"},7]"#, None),
        ] {
            let services: Services = serde_json::from_str(json).unwrap_or_default();
            assert_eq!(services.message().as_deref(), message, "{json}");
        }
    }
}
