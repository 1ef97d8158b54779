//! One line of the report: what became of one row.

use std::time::Duration;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::outcome::Outcome;
use crate::reason::Reason;

/// What became of one row, as reports and events say it. It holds no password.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Line {
    /// The row number that the user sees.
    pub row: u32,
    /// The address or the account's name as it is sent, or, where the row repeats another, as it stands there; empty where it could not be
    /// understood.
    pub target: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, in one word; none for a plain success.
    pub reason: Option<Reason>,
    /// The panel's own words or ours, made safe for a terminal; no secret.
    pub detail: String,
    /// How often a changing request was sent or tried.
    pub attempts: u32,
    /// From the first attempt to the last answer, in milliseconds when written.
    #[serde(rename = "elapsed_ms", serialize_with = "milliseconds")]
    pub elapsed: Duration,
    /// When the row was settled, UTC, to the millisecond.
    #[serde(serialize_with = "rfc3339")]
    pub finished_at: Timestamp,
}

/// Writes a moment as RFC 3339, UTC, to the millisecond.
pub(crate) fn rfc3339<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{moment:.3}"))
}

/// Writes a duration as whole milliseconds.
pub(crate) fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

/// Reads a moment as [`rfc3339`] writes it.
pub(crate) fn from_rfc3339<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
    text.parse().map_err(|_| D::Error::custom("no moment in RFC 3339"))
}

/// Reads a duration as [`milliseconds`] writes it.
pub(crate) fn from_milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_millis)
}
