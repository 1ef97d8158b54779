//! `--input=json`: the arguments as one JSON object on standard input, where nothing is decoded.

use std::fmt;

use cprekey_core::failpoint::failpoint;
use cprekey_core::text::safe;
use cprekey_frontend::failure::Failure;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::given::{Given, Origin};
use crate::standard_input;

/// What a right input looks like.
const REMEDY: &str = "give one object whose values are texts, numbers, true or false, or lists of them: \
    {\"user\":\"shop\",\"db_pass_update\":0}";

/// The arguments on standard input: a list gives its key as often as it has values, and a null leaves its key out.
///
/// # Errors
///
/// Where it is no JSON object of plain values and lists of them; never shows one.
pub(crate) fn arguments() -> Result<Vec<Given>, Failure> {
    read(&standard_input::whole()?)
}

fn read(bytes: &[u8]) -> Result<Vec<Given>, Failure> {
    failpoint("cpapi2-input", bytes);
    let Pairs(pairs) = serde_json::from_slice(bytes).map_err(|error| unreadable(&error))?;
    let mut all = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        for text in texts(&key, value)? {
            all.push(Given::new(key.clone(), text.as_bytes(), Origin::Input)?);
        }
    }
    Ok(all)
}

fn unreadable(error: &serde_json::Error) -> Failure {
    let what = match error.classify() {
        Category::Data => "the JSON on standard input is no object".to_owned(),
        _ => format!("standard input is not JSON, from line {} column {}", error.line(), error.column()),
    };
    Failure::bad_input(what).with_remedy(REMEDY)
}

/// A value as the texts that are sent, wiped when dropped: those of a list, else one; none for a null.
fn texts(key: &str, value: &RawValue) -> Result<Vec<Zeroizing<String>>, Failure> {
    if !value.get().starts_with('[') {
        return Ok(text(key, value)?.into_iter().collect());
    }
    let values: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|error| unreadable(&error))?;
    values.into_iter().filter_map(|value| text(key, value).transpose()).collect()
}

/// A plain value as it is sent: a number as it is written; none for a null.
fn text(key: &str, value: &RawValue) -> Result<Option<Zeroizing<String>>, Failure> {
    let text = match value.get() {
        "null" => return Ok(None),
        // cPanel's truth values are 1 and 0 (cPanel API documentation, its `OpenAPI` description).
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        nested if nested.starts_with(['{', '[']) => {
            let what = format!("in the JSON on standard input, the value of {} is nested too deep", safe(key));
            return Err(Failure::bad_input(what).with_remedy(REMEDY));
        }
        text if text.starts_with('"') => serde_json::from_str(text).map_err(|error| unreadable(&error))?,
        number => number.to_owned(),
    };
    Ok(Some(Zeroizing::new(text)))
}

/// The entries of one object, in their order, each value as it is written.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = entries.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::given::Value;

    fn shown(text: &str) -> Vec<String> {
        let shown = |given: Given| match given.value {
            Value::Plain(text) => format!("{}={text}", given.key),
            Value::Hidden { .. } => format!("{}=…", given.key),
        };
        read(text.as_bytes()).unwrap().into_iter().map(shown).collect()
    }

    #[test]
    fn values_are_taken_as_they_are() {
        let text = r#"{"email":"a+b%41@example.com","quota":250,"on":true,"off":false,"password":"S3CRET","é":"\u00e9\"","email":"@x"}"#;
        let expected = ["email=a+b%41@example.com", "quota=250", "on=1", "off=0", "password=…", "é=é\"", "email=@x"];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn a_number_is_sent_as_it_is_written() {
        let text = r#"{"a":1.0,"b":-0,"c":1e400,"d":123456789012345678901234567890,"e":[ 2.50 ]}"#;
        assert_eq!(shown(text), ["a=1.0", "b=-0", "c=1e400", "d=123456789012345678901234567890", "e=2.50"]);
    }

    #[test]
    fn a_list_repeats_its_key_and_a_null_leaves_it_out() {
        let text = r#"{"name":["a","b",null,3,true],"none":null,"empty":[],"password":["S3CRET-1","S3CRET-2"]}"#;
        assert_eq!(shown(text), ["name=a", "name=b", "name=3", "name=1", "password=…", "password=…"]);
        assert_eq!(shown("{}"), [""; 0]);
    }

    #[test]
    fn what_is_no_object_of_plain_values_is_refused_without_being_shown() {
        for (text, told) in [
            (r#"{"a":{"b":"S3CRET"}}"#, "the value of a is nested"),
            (r#"{"a":[["S3CRET"]]}"#, "the value of a is nested"),
            (r#"{"a":[{"b":"S3CRET"}]}"#, "the value of a is nested"),
            (r#"["S3CRET"]"#, "no object"),
            (r#""S3CRET""#, "no object"),
            ("null", "no object"),
            ("S3CRET", "not JSON"),
            ("", "not JSON"),
            (r#"{"a":"S3CRET""#, "not JSON"),
            (r#"{"a":"S3CRET"} S3CRET"#, "not JSON"),
        ] {
            let failure = read(text.as_bytes()).unwrap_err();
            assert!(failure.what.contains(told) && failure.what.contains("JSON"), "{text}: {failure}");
            assert!(!failure.what.contains("S3CRET") && failure.remedy.is_some(), "{failure}");
        }
    }
}
