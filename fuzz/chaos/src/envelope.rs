//! What a panel truly says, in the envelope in which it says it.

use cprekey_core::api::Api;
use cprekey_core::api::wire::Shape;
use serde_json::{Value, json};

use crate::work::{Kind, Request, Work};
use crate::world::Said;

/// An answer's JSON.
pub(crate) fn envelope(request: &Request, whm: bool, said: &[Said]) -> Value {
    match (request.kind, said) {
        (Kind::Batch, said) => batch(request, said),
        (_, [said]) if whm => through_whm(request.api, &request.works[0], said),
        (_, [said]) if request.api == Api::Api2 => api2(said),
        (_, [said]) => uapi(said),
        (kind, said) => panic!("{} answers to a {kind:?}", said.len()),
    }
}

/// The shape of the envelope.
pub(crate) fn shape(api: Api, whm: bool) -> Shape {
    if whm { Shape::through_whm(api) } else { Shape::direct(api) }
}

fn batch(request: &Request, said: &[Said]) -> Value {
    let of_uapi = |work: &Work| !matches!(work, Work::SetAccount { .. });
    let item =
        |(work, said): (&Work, &Said)| through_whm(if of_uapi(work) { Api::Uapi } else { Api::Whm1 }, work, said);
    let items: Vec<Value> = request.works.iter().zip(said).map(item).collect();
    let all_done = items.iter().all(|item| item["metadata"]["result"] == 1);
    json!({
        "metadata": {"command": "batch", "version": 1, "result": u8::from(all_done), "reason": "OK"},
        "data": {"result": items},
    })
}

fn through_whm(api: Api, work: &Work, said: &Said) -> Value {
    if api == Api::Whm1 {
        return whm1(work, said);
    }
    json!({
        "metadata": {"command": "uapi_cpanel", "version": 1, "result": 1, "reason": "OK"},
        "data": {"uapi": uapi(said)},
    })
}

fn whm1(work: &Work, said: &Said) -> Value {
    let command = match work {
        Work::Accounts => "listaccts",
        Work::OwnerOf { .. } => "getdomainowner",
        _ => "passwd",
    };
    let reason = said.words.first().map_or("OK", String::as_str);
    json!({
        "metadata": {"command": command, "version": 1, "result": u8::from(said.yes), "reason": reason},
        "data": said.data,
    })
}

fn uapi(said: &Said) -> Value {
    let errors = if said.words.is_empty() { Value::Null } else { json!(said.words) };
    json!({
        "status": u8::from(said.yes), "errors": errors, "messages": null, "warnings": null, "data": said.data,
        "metadata": {},
    })
}

fn api2(said: &Said) -> Value {
    let data = if said.yes { said.data.clone() } else { json!([{"status": 0, "statustxt": said.words.join(" ")}]) };
    json!({"cpanelresult": {"apiversion": 2, "func": "change_password", "event": {"result": 1}, "data": data}})
}
