//! What panels answer: any body, in every envelope that can be expected, over HTTP or from a local program.
//!
//! The first three bytes of the input are what is expected and how it comes, the rest is the body.

use std::time::SystemTime;

use cprekey_core::SecretString;
use cprekey_core::address::Address;
use cprekey_core::api::function::{self, Batch};
use cprekey_core::api::wire::{self, Expected, Reply, Shape};
use cprekey_core::api::{self, Answer, Call, Fault};
use serde_json::Value;

use crate::harmless::assert_harmless;

const SHAPES: [Shape; 5] = [Shape::Uapi, Shape::Api2, Shape::Whm1, Shape::UapiThroughWhm, Shape::Api2ThroughWhm];

const STATUSES: [u16; 16] = [200, 201, 204, 301, 307, 400, 401, 403, 404, 405, 429, 500, 502, 503, 599, 100];

const CONTENT_TYPES: [Option<&str>; 4] =
    [Some("application/json"), None, Some("text/html; charset=utf-8"), Some("text/plain")];

/// A word of the dictionary: no fault may quote what the panel says.
const CANARY: &str = "s3cret";

/// Judges the body: a yes is one that the envelope says explicitly, a fault quotes nothing, and no reader of an answer's data trips over it.
pub fn run(input: &[u8]) {
    let Some((&[asked, status, kind], body)) = input.split_first_chunk() else { return };
    let expected = Expected {
        shape: SHAPES[usize::from(asked & 7) % SHAPES.len()],
        keeps_envelope: asked & 8 != 0,
        row_decides: asked & 16 != 0,
    };
    let words = std::str::from_utf8(body).unwrap_or_default();
    let reply = Reply {
        status: STATUSES[usize::from(status) % STATUSES.len()],
        content_type: CONTENT_TYPES[usize::from(kind & 3)],
        location: (kind & 4 != 0).then_some(words),
        retry_after: (kind & 8 != 0).then_some(words),
        body,
    };
    let judged = wire::decode(&reply, expected, SystemTime::UNIX_EPOCH);
    if judged.is_ok() {
        assert!((200..300).contains(&reply.status), "HTTP {} was taken for an answer", reply.status);
    }
    check(judged, body, expected.shape);
    check(wire::envelope(body, expected), body, expected.shape);
}

fn check(judged: Result<Answer, Fault>, body: &[u8], shape: Shape) {
    match judged {
        Ok(answer) => {
            if answer.is_done() {
                check_yes(body, shape);
            }
            read_data(&answer);
        }
        Err(fault) => check_fault(&fault),
    }
}

fn check_fault(fault: &Fault) {
    let said = format!("{fault} {fault:?}");
    assert!(!said.contains(CANARY), "a fault quotes the answer: {said}");
    assert_harmless(&said);
}

/// Reads the body once more, by other means: every place where the shape has its verdict says yes or is not there, and the decisive one is there.
fn check_yes(body: &[u8], shape: Shape) {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // Deep nesting, large numbers and half characters are left to the envelope's own reader.
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return };
    let uapi = ["/status", "/metadata/result", "/result/status", "/result/metadata/result"];
    let within_whm = uapi.map(|place| format!("/data/uapi{place}"));
    let (decisive, places): (Vec<&str>, Vec<&str>) = match shape {
        Shape::Uapi => (uapi[..3].to_vec(), uapi.to_vec()),
        Shape::Whm1 => (vec!["/metadata/result"], vec!["/metadata/result", "/status"]),
        Shape::Api2 | Shape::Api2ThroughWhm => (vec!["/cpanelresult/event/result"], vec!["/cpanelresult/event/result"]),
        Shape::UapiThroughWhm => {
            let within: Vec<&str> = within_whm.iter().map(String::as_str).collect();
            (within[..3].to_vec(), [&["/metadata/result", "/status"], &within[..]].concat())
        }
    };
    assert!(decisive.iter().any(|place| value.pointer(place).is_some_and(is_yes)), "nothing says yes: {value}");
    for place in places {
        assert!(value.pointer(place).is_none_or(is_yes), "{place} says no: {value}");
    }
}

fn is_yes(value: &Value) -> bool {
    value.as_u64() == Some(1) || value.as_str() == Some("1") || value.as_bool() == Some(true)
}

/// Every reader takes the data for its own, and says that it is not where it is not.
fn read_data(answer: &Answer) {
    let _ = api::reason(answer);
    let faults = [
        function::account(answer).err(),
        function::hosted_accounts(answer).err(),
        function::domain_owner(answer).err(),
        function::required_strength(answer).map(|strength| assert!(strength <= 100)).err(),
        function::is_valid(answer).err(),
        function::change_agrees(answer).err(),
        function::mailboxes(answer).map(|all| assert!(all.iter().all(|one| one.address.contains('@')))).err(),
    ];
    faults.iter().flatten().for_each(check_fault);
    read_batch(answer);
}

/// An answer to a batch has as many answers as there are calls, or none.
fn read_batch(answer: &Answer) {
    let (anna, password) = (Address::parse("anna@example.com").expect("an address"), SecretString::from("p"));
    let change = || function::passwd_pop(&anna, &password).on_behalf_of("shop");
    let calls: [Call<'_>; 3] = [change(), change(), function::list_accounts()];
    for count in 1..=calls.len() {
        if let Ok(answers) = Batch::answers(answer, &calls[..count]) {
            assert_eq!(answers.len(), count);
            answers.iter().filter_map(|answer| answer.as_ref().err()).for_each(check_fault);
        }
    }
}
