//! `DomainInfo`: the account's domains.

use serde_json::{Value, json};

use super::call::{Call, Function, Success};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] =
    &[Function { name: "list_domains", feature: None, run: |call| Ok(Success::data(list_domains(call))) }];

fn list_domains(call: &Call<'_>) -> Value {
    json!({
        "main_domain": call.account.domain,
        "addon_domains": call.account.domains,
        "sub_domains": [],
        "parked_domains": [],
    })
}
