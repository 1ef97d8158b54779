//! `Tokens`: the account's API tokens, without their secrets.

use serde_json::{Value, json};

use super::call::{Call, Function, Success};
use crate::state::Token;

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] =
    &[Function { name: "list", feature: Some("apitokens"), run: |call| Ok(Success::data(list(call))) }];

/// Expired tokens stay listed until they are revoked (cPanel documentation, Manage API Tokens in cPanel).
fn list(call: &Call<'_>) -> Value {
    let listed = call.account.tokens.iter().filter(|token| !token.is_revoked());
    listed.map(row).collect()
}

fn row(token: &Token) -> Value {
    json!({
        "name": token.name,
        "create_time": token.created,
        "expires_at": token.expires,
        "has_full_access": u8::from(token.features.is_none()),
        "features": token.features.as_deref().unwrap_or_default(),
    })
}
