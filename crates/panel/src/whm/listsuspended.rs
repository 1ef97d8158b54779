//! `listsuspended`: the accounts that are suspended.

use serde_json::{Value, json};

use super::call::{Success, WhmCall};
use crate::state::Account;

/// When every suspended account was suspended, in seconds of Unix time and as WHM writes it.
const SINCE: (i64, &str) = (1_700_000_000, "Tue Nov 14 22:13:20 2023");

/// Those that the caller controls.
pub(super) fn listsuspended(call: &WhmCall<'_>) -> Success {
    let suspended = call.accounts().into_iter().filter(|account| account.suspended);
    Success::data(json!({"account": suspended.map(row).collect::<Value>()}))
}

fn row(account: &Account) -> Value {
    json!({
        "user": account.name,
        "owner": account.owner,
        "reason": "Unknown",
        "unixtime": SINCE.0,
        "time": SINCE.1,
        "is_locked": 0,
    })
}
