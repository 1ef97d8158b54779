//! `Variables`: what the panel knows about the account.

use serde_json::{Map, Value, json};

use super::call::{Call, Function, Success};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "get_user_information",
    feature: None,
    run: |call| Ok(Success::data(get_user_information(call))),
}];

/// Everything, or what is asked for by `name`; what is not known is null.
fn get_user_information(call: &Call<'_>) -> Value {
    let known = json!({
        "user": call.account.name,
        "domain": call.account.domain,
        "domains": call.account.all_domains().collect::<Vec<_>>(),
        "home": call.panel.layout.home(&call.account.name),
        "ip": "127.0.0.1",
        "locale": call.language().locale(),
        "plan": "default",
        "theme": "jupiter",
        "maximum_mail_accounts": "unlimited",
    });
    let wanted = call.arguments.list("name");
    if wanted.is_empty() {
        return known;
    }
    let chosen: Map<String, Value> = wanted.into_iter().map(|name| (name.to_string(), known[&*name].clone())).collect();
    Value::Object(chosen)
}
