//! An answer as the native program prints it.

use clap::ValueEnum;
use cprekey_core::SecretString;
use cprekey_core::api::{Answer, Api, Call};
use cprekey_core::text::harmless_json;

use crate::tree::Tree;
use crate::yaml;
use cprekey_core::failpoint::failpoint;

/// How an answer is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum OutputChoice {
    /// JSON on one line
    Json,
    /// JSON on many lines
    Jsonpretty,
    /// YAML
    Yaml,
}

/// The answer in the envelope of the native program, whatever carried it; the secrets that were sent stand nowhere in it.
pub(crate) fn native(call: &Call<'_>, answer: &Answer, secrets: &[&SecretString]) -> Tree {
    let kept = answer.envelope.as_ref().and_then(|envelope| serde_json::from_str(envelope.get()).ok());
    let mut envelope = match (call.api, kept) {
        (Api::Uapi, Some(envelope)) => nested(call, envelope),
        (_, Some(envelope)) => envelope,
        (api, None) => made(api, call, answer),
    };
    envelope.redact(secrets);
    envelope
}

/// UAPI's nested envelope, as it comes from `uapi`; over HTTPS only what is under `result` comes (cPanel API documentation, "Return data").
fn nested(call: &Call<'_>, envelope: Tree) -> Tree {
    if envelope.get("result").is_some_and(Tree::is_object) {
        return envelope;
    }
    Tree::object([
        ("apiversion", 3.into()),
        ("func", (&*call.function).into()),
        ("module", (&*call.module).into()),
        ("result", envelope),
    ])
}

/// An envelope for an answer that came without one of its API's own: what carries one API through another refused the call.
fn made(api: Api, call: &Call<'_>, answer: &Answer) -> Tree {
    let verdict = u32::from(answer.is_done());
    let errors = answer.errors.iter().map(|error| Tree::from(error.as_str())).collect();
    let reason = Tree::from(answer.errors.join("; ").as_str());
    match api {
        Api::Uapi => {
            let result = [
                ("status", verdict.into()),
                ("errors", Tree::List(errors)),
                ("messages", Tree::Null),
                ("warnings", Tree::Null),
                ("data", Tree::Null),
            ];
            nested(call, Tree::object(result))
        }
        Api::Api2 => {
            let result = [
                ("apiversion", 2.into()),
                ("module", (&*call.module).into()),
                ("func", (&*call.function).into()),
                ("event", Tree::object([("result", verdict.into())])),
                ("error", reason),
                ("data", Tree::List(Vec::new())),
            ];
            Tree::object([("cpanelresult", Tree::object(result))])
        }
        Api::Whm1 => {
            let metadata = [
                ("command", (&*call.function).into()),
                ("version", 1.into()),
                ("result", verdict.into()),
                ("reason", reason),
            ];
            Tree::object([("metadata", Tree::object(metadata))])
        }
    }
}

/// The text of an envelope, without a newline at its end. It says exactly what the panel said, and steers no terminal: the characters that
/// could are escapes.
///
/// # Errors
///
/// Where the library cannot write it, which is a bug.
pub(crate) fn text(envelope: &Tree, output: OutputChoice) -> Result<String, String> {
    failpoint("cpapi2-print", b"");
    let json = match output {
        OutputChoice::Json => serde_json::to_string(envelope),
        OutputChoice::Jsonpretty => serde_json::to_string_pretty(envelope),
        OutputChoice::Yaml => return yaml::document(envelope),
    };
    json.map(|json| harmless_json(&json).into_owned()).map_err(|error| error.to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use cprekey_core::api::Verdict;
    use serde_json::value::RawValue;

    use super::*;

    const FLAT: &str = r#"{"status":1,"errors":null,"data":{"z":"0755","a":[true,"x: y"],"e":""},"metadata":{}}"#;

    fn printed(call: &Call<'_>, envelope: Option<&str>, output: OutputChoice) -> String {
        let envelope = envelope.map(|text| RawValue::from_string(text.to_owned()).unwrap());
        let answer =
            Answer { envelope, errors: vec!["Access S3CRET-word".to_owned()], ..Answer::bare(Verdict::Refused) };
        text(&native(call, &answer, &[&"S3CRET-word".into()]), output).unwrap()
    }

    #[test]
    fn uapi_is_nested_however_it_came() {
        let call = Call::uapi("Email", "list_pops");
        let expected = format!(r#"{{"apiversion":3,"func":"list_pops","module":"Email","result":{FLAT}}}"#);
        assert_eq!(printed(&call, Some(FLAT), OutputChoice::Json), expected);
        assert_eq!(printed(&call, Some(&expected), OutputChoice::Json), expected);
    }

    #[test]
    fn a_refusal_without_an_envelope_gets_one() {
        for (call, path) in [
            (Call::uapi("Email", "list_pops"), &["result", "status"][..]),
            (Call::new(Api::Api2, "Passwd", "change_password"), &["cpanelresult", "event", "result"]),
            (Call::whm1("passwd"), &["metadata", "result"]),
        ] {
            let printed = printed(&call, None, OutputChoice::Jsonpretty);
            let mut value = &serde_json::from_str::<serde_json::Value>(&printed).unwrap();
            for key in path {
                value = &value[key];
            }
            assert_eq!(*value, 0, "{printed}");
            assert!(printed.contains("Access [password]"), "{printed}");
        }
    }
}
