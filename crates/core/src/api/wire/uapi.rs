//! UAPI's envelope: flat over HTTP, nested under `result` from the command line and in cPanel's own description.
//!
//! Source: cPanel API documentation, "Return data" of UAPI, and its `OpenAPI` description.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::answer::{Answer, Verdict};
use super::super::fault::Fault;
use super::texts::Texts;
use super::{api2, json, verdict};

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default, deserialize_with = "present")]
    status: Option<Value>,
    #[serde(default, borrow)]
    data: Option<&'a RawValue>,
    #[serde(default)]
    errors: Texts,
    #[serde(default)]
    messages: Texts,
    #[serde(default)]
    warnings: Texts,
    #[serde(default, borrow)]
    metadata: Option<&'a RawValue>,
    #[serde(default, borrow)]
    result: Option<&'a RawValue>,
    #[serde(default, borrow)]
    cpanelresult: Option<&'a RawValue>,
}

/// The one thing of interest in `metadata`: WHM API 1 says its verdict there.
#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
}

/// A key with a null is there; only a key that is missing is `None`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What a UAPI envelope says, flat or nested.
///
/// Where the verdict stands in two places, both must be explicit and agree. A yes beside errors is a contradiction.
///
/// # Errors
///
/// Gives [`Fault::Denied`] for the shape in which panels refuse a credential, [`Fault::Unusable`] for every other shape
/// without an explicit verdict.
pub fn envelope(body: &[u8]) -> Result<Answer, Fault> {
    let outer: Envelope<'_> = json::object(json::text(body)?)?;
    if let Some(cpanelresult) = outer.cpanelresult {
        return Err(api2::fault(cpanelresult));
    }
    match outer.result {
        Some(result) if json::is_object(result) => nested(&outer, json::object(result.get())?),
        Some(_) => Err(Fault::unusable("its result is not an object")),
        None => flat(outer),
    }
}

fn flat(envelope: Envelope<'_>) -> Result<Answer, Fault> {
    let metadata = metadata(&envelope)?;
    if envelope.status.is_none() && metadata.result.is_some() {
        return Err(Fault::unusable("it is an answer of WHM API 1: is it the port of the cPanel face, usually 2083?"));
    }
    let verdict = verdict::agreed(envelope.status.iter().chain(&metadata.result))?;
    answer(verdict, envelope)
}

fn nested(outer: &Envelope<'_>, inner: Envelope<'_>) -> Result<Answer, Fault> {
    if inner.status.is_none() {
        return Err(Fault::unusable("its result has no status"));
    }
    let metadata = [metadata(outer)?, metadata(&inner)?];
    let aside = metadata.iter().filter_map(|metadata| metadata.result.as_ref());
    let verdict = verdict::agreed(outer.status.iter().chain(&inner.status).chain(aside))?;
    if verdict == Verdict::Done {
        without_errors(outer)?;
    }
    answer(verdict, inner)
}

fn answer(verdict: Verdict, envelope: Envelope<'_>) -> Result<Answer, Fault> {
    if verdict == Verdict::Done {
        without_errors(&envelope)?;
    }
    let data = envelope.data.map(|data| json::within_depth(data).map(|()| data.to_owned())).transpose()?;
    Ok(Answer {
        verdict,
        data,
        errors: envelope.errors.0,
        messages: envelope.messages.0,
        warnings: envelope.warnings.0,
        envelope: None,
    })
}

fn without_errors(envelope: &Envelope<'_>) -> Result<(), Fault> {
    if envelope.errors.0.is_empty() { Ok(()) } else { Err(Fault::unusable("it says yes and names errors")) }
}

fn metadata(envelope: &Envelope<'_>) -> Result<Metadata, Fault> {
    match envelope.metadata {
        Some(metadata) if json::is_object(metadata) => json::object(metadata.get()),
        _ => Ok(Metadata::default()),
    }
}
