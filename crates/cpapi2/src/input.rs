//! `--input=json`: the arguments as one JSON object on standard input, where nothing is decoded.

use std::fmt;

use cprekey_frontend::failure::Failure;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use zeroize::Zeroizing;

use crate::given::{Given, Origin};
use crate::standard_input;

/// The arguments on standard input.
///
/// # Errors
///
/// Where it is no JSON object of plain values; never shows one.
pub(crate) fn arguments() -> Result<Vec<Given>, Failure> {
    read(&standard_input::whole()?)
}

fn read(bytes: &[u8]) -> Result<Vec<Given>, Failure> {
    let Pairs(pairs) = serde_json::from_slice(bytes).map_err(|error| {
        let what = match error.classify() {
            // Only our own words, and names of kinds of values.
            Category::Data => format!(
                "the JSON on standard input, line {}: a value is nested or null, or there is no object",
                error.line()
            ),
            _ => format!("standard input is not JSON, from line {} column {}", error.line(), error.column()),
        };
        Failure::bad_input(what).with_remedy(
            "give one object whose values are texts, numbers, true or false: {\"user\":\"shop\",\"db_pass_update\":0}",
        )
    })?;
    pairs.into_iter().map(|(key, value)| Given::new(key, value.0.as_bytes(), Origin::Input)).collect()
}

/// The entries of one object, in their order.
struct Pairs(Vec<(String, Scalar)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = entries.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// A value as the text that is sent, wiped when dropped.
struct Scalar(Zeroizing<String>);

impl Scalar {
    fn of(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, a number, true or false")
    }

    /// cPanel's truth values are 1 and 0 (cPanel API documentation, its `OpenAPI` description).
    fn visit_bool<E: Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::of(if value { "1" } else { "0" }))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::of(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::of(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::of(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::of(text))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::given::Value;

    #[test]
    fn values_are_taken_as_they_are() {
        let text = r#"{"email":"a+b%41@example.com","quota":250,"ratio":2.5,"on":true,"off":false,"password":"S3CRET","email":"@x"}"#;
        let shown: Vec<_> = read(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|given| match given.value {
                Value::Plain(text) => format!("{}={text}", given.key),
                Value::Hidden { .. } => format!("{}=…", given.key),
            })
            .collect();
        let expected =
            ["email=a+b%41@example.com", "quota=250", "ratio=2.5", "on=1", "off=0", "password=…", "email=@x"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_no_object_of_plain_values_is_refused_without_being_shown() {
        for text in [
            r#"{"a":["S3CRET"]}"#,
            r#"{"a":{"b":"S3CRET"}}"#,
            r#"{"a":null}"#,
            r#"["S3CRET"]"#,
            r#""S3CRET""#,
            "S3CRET",
            "",
            r#"{"a":"S3CRET""#,
        ] {
            let failure = read(text.as_bytes()).unwrap_err();
            assert!(!failure.what.contains("S3CRET") && failure.remedy.is_some(), "{failure}");
        }
    }
}
