//! The changes that a panel has really made, as its own journal has them.

use std::collections::HashSet;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use serde_json::Value;

use crate::arrivals::Arrivals;
use crate::control::Control;

/// One change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Change {
    /// When it was made, in microseconds of Unix time: as soon as its request was read.
    pub(crate) at: u64,
    /// The number of the connection that it came on; 0 for a local program.
    pub(crate) connection: u64,
}

/// The changes that a panel has made since its counters were reset, in their order.
///
/// # Errors
///
/// Where they are not of so many mailboxes, each changed once: then the work was not done.
pub(crate) fn changes(control: &Control, mailboxes: usize) -> Result<Vec<Change>> {
    let journal = control.get("/journal")?;
    let told = journal["changes"].as_array().context("the panel's journal holds no changes")?;
    let addresses: HashSet<_> = told.iter().filter_map(|change| change["address"].as_str()).collect();
    ensure!(
        told.len() == mailboxes && addresses.len() == mailboxes,
        "the panel has made {} changes of {} mailboxes, and not one of each of {mailboxes}",
        told.len(),
        addresses.len()
    );
    told.iter().map(read).collect()
}

/// When changes were made.
pub(crate) fn arrivals(changes: &[Change]) -> Arrivals {
    Arrivals::new(changes.iter().map(|change| change.at).collect())
}

fn read(change: &Value) -> Result<Change> {
    let at: Timestamp = change["at"].as_str().context("a change has no time")?.parse()?;
    let connection = change["connection"].as_u64().context("a change has no connection")?;
    Ok(Change { at: u64::try_from(at.as_microsecond())?, connection })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_is_read_to_the_microsecond() {
        let change = json!({"at": "1970-01-01T00:00:02.000003Z", "connection": 4, "address": "a@example.com"});
        assert_eq!(read(&change).unwrap(), Change { at: 2_000_003, connection: 4 });
        assert!(read(&json!({"at": "yesterday", "connection": 4})).is_err());
    }
}
