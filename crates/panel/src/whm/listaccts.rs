//! `listaccts`: the accounts, or those that are searched for.

use regex_automata::meta::Regex;
use serde_json::{Value, json};

use super::call::{Outcome, Success, WhmCall};
use crate::state::Account;
use crate::text::Refusal;

/// The accounts that the caller controls; `want` names the fields that are told of each (WHM API documentation,
/// `listaccts`).
pub(super) fn listaccts(call: &WhmCall<'_>) -> Outcome {
    let search = Search::of(call)?;
    let want = call.arguments.text("want");
    let found = call.accounts().into_iter().map(row).filter(|row| search.finds(row));
    let acct: Value = found.map(|row| only(row, want.as_deref())).collect();
    Ok(Success::data(json!({"acct": acct})))
}

fn row(account: &Account) -> Value {
    let suspended = account.suspended;
    json!({
        "user": account.name,
        "domain": account.domain,
        "owner": account.owner,
        "email": format!("owner@{}", account.domain),
        "ip": "127.0.0.1",
        "ipv6": [],
        "plan": "default",
        "partition": "home",
        "theme": "jupiter",
        "shell": "/bin/false",
        "uid": account.uids.first().unwrap_or(&1001).to_string(),
        "diskused": "1M",
        "disklimit": "unlimited",
        "maxpop": "unlimited",
        "startdate": "23 Nov 14 22:13",
        "unix_startdate": 1_700_000_000,
        "is_locked": 0,
        "suspended": u8::from(suspended),
        "suspendreason": if suspended { "Unknown" } else { "not suspended" },
        "suspendtime": if suspended { 1_700_000_000 } else { 0 },
    })
}

fn only(row: Value, want: Option<&str>) -> Value {
    match (row, want) {
        (Value::Object(mut fields), Some(want)) => {
            fields.retain(|key, _| want.split(',').any(|wanted| wanted.trim() == key));
            Value::Object(fields)
        }
        (row, _) => row,
    }
}

/// What is searched for, in which field; everything without `search`.
struct Search {
    field: &'static str,
    method: Option<Method>,
}

/// How a field is compared.
enum Method {
    Exact(String),
    Pattern(Regex),
}

impl Search {
    fn of(call: &WhmCall<'_>) -> Result<Self, Refusal> {
        let field = field(call.arguments.text("searchtype").as_deref())?;
        let Some(search) = call.arguments.text("search") else { return Ok(Self { field, method: None }) };
        let method = if call.arguments.bytes("searchmethod") == Some(b"exact") {
            Method::Exact(search.into_owned())
        } else {
            Method::Pattern(Regex::new(&search).map_err(|_| Refusal::BadArgument("search".to_owned()))?)
        };
        Ok(Self { field, method: Some(method) })
    }

    fn finds(&self, row: &Value) -> bool {
        let value = row[self.field].as_str().unwrap_or_default();
        match &self.method {
            Some(Method::Exact(wanted)) => value == wanted,
            Some(Method::Pattern(pattern)) => pattern.is_match(value),
            None => true,
        }
    }
}

fn field(search_type: Option<&str>) -> Result<&'static str, Refusal> {
    match search_type {
        None | Some("domain") => Ok("domain"),
        Some("owner") => Ok("owner"),
        Some("user") => Ok("user"),
        Some("ip") => Ok("ip"),
        Some("package") => Ok("plan"),
        Some(_) => Err(Refusal::BadArgument("searchtype".to_owned())),
    }
}
