//! `getdomainowner`: whose a domain is.

use serde_json::json;

use super::call::{Outcome, Success, WhmCall};
use crate::behaviour::UnknownDomain;
use crate::text::Refusal;

/// The account that has the domain, of those that the caller controls.
pub(super) fn getdomainowner(call: &WhmCall<'_>) -> Outcome {
    let domain = call.required("domain")?;
    let owner = call.accounts().into_iter().find(|account| account.has_domain(&domain));
    if owner.is_none() && call.panel.behaviour().unknown_domain == UnknownDomain::Refuse {
        return Err(Refusal::NoOwner(domain.into_owned()));
    }
    Ok(Success::data(json!({"user": owner.map(|account| &account.name)})))
}
