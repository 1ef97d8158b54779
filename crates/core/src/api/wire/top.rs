//! What can stand at the top of an answer, of whichever API it is: which of these keys are there tells the envelopes apart.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::fault::Fault;
use super::json;
use super::texts::Texts;

/// The keys by which envelopes are known and judged. None may stand twice.
#[derive(Deserialize)]
pub(super) struct Top<'a> {
    #[serde(default, deserialize_with = "present")]
    pub(super) status: Option<Value>,
    #[serde(default, borrow)]
    pub(super) data: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) errors: Texts,
    #[serde(default)]
    pub(super) messages: Texts,
    #[serde(default)]
    pub(super) warnings: Texts,
    #[serde(default, borrow)]
    metadata: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub(super) result: Option<&'a RawValue>,
    #[serde(default, borrow)]
    pub(super) cpanelresult: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) error: Texts,
}

/// What is of interest in `metadata`, where WHM API 1 has its verdict and its words.
#[derive(Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default, deserialize_with = "present")]
    pub(super) result: Option<Value>,
    #[serde(default)]
    pub(super) reason: Texts,
    #[serde(default)]
    pub(super) command: Texts,
    #[serde(default)]
    pub(super) output: Output,
}

/// What WHM API 1 says besides its verdict.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) messages: Texts,
    pub(super) warnings: Texts,
}

impl<'de> Deserialize<'de> for Output {
    /// Never fails on its shape: the verdict does not depend on it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut output = Value::deserialize(deserializer)?;
        let mut texts = |key| output.get_mut(key).map(Value::take).map(Texts::of).unwrap_or_default();
        Ok(Self { messages: texts("messages"), warnings: texts("warnings") })
    }
}

/// A key with a null is there; only a key that is missing is `None`.
pub(super) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl<'a> Top<'a> {
    /// Reads the top of an envelope that stands within another.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unusable`] where it is no object, or has one of the keys twice.
    pub(super) fn within(value: &'a RawValue) -> Result<Self, Fault> {
        json::object(value.get())
    }

    /// What its metadata says; nothing where there is none.
    pub(super) fn metadata(&self) -> Result<Metadata, Fault> {
        match self.metadata {
            Some(metadata) if json::is_object(metadata) => json::object(metadata.get()),
            _ => Ok(Metadata::default()),
        }
    }

    /// Whether the envelope is UAPI's, flat or nested.
    pub(super) fn is_uapi(&self) -> bool {
        self.status.is_some() || self.result.is_some()
    }

    /// Its data, to be kept; `None` for a null.
    pub(super) fn kept_data(&self) -> Result<Option<Box<RawValue>>, Fault> {
        self.data.map(kept).transpose()
    }

    /// Errors beside a yes are a contradiction.
    pub(super) fn without_errors(&self) -> Result<(), Fault> {
        if self.errors.0.is_empty() && self.error.0.is_empty() { Ok(()) } else { Err(errors_beside_a_yes()) }
    }
}

/// A value that readers can follow to its bottom, as it came.
pub(super) fn kept(value: &RawValue) -> Result<Box<RawValue>, Fault> {
    json::within_depth(value).map(|()| value.to_owned())
}

/// The fault of an envelope that says yes and no at once.
pub(super) fn errors_beside_a_yes() -> Fault {
    Fault::unusable("it says yes and names errors")
}
