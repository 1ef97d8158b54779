//! Turns the panel's own answer into the one that a rule asks for.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use serde_json::{Value, json};

use super::answer::{Answer, Moment};
use super::api2::{with_data_as_object, with_error, with_reason, with_verdicts};
use super::json::{edit, in_uapi, nest, pad, verdicts_as_text, without_verdicts};
use super::refusal::refusal;
use super::whm::{with_outer_messages, with_outer_refusal, without_last_items};
use crate::http::{Fate, Reply};
use crate::pages;
use crate::subject::{Shape, Subject};

/// The reply that the rule asks for, how long it waits, and what becomes of it.
pub(crate) fn bend(answer: &Answer, subject: &Subject, own: Reply) -> (Reply, Duration, Fate) {
    let wait = match answer {
        Answer::Slow { ms, when: Moment::After } => Duration::from_millis(*ms),
        _ => Duration::ZERO,
    };
    (reply(answer, subject, own), wait, fate(answer))
}

impl Answer {
    /// How long the call itself waits.
    pub(crate) fn wait_before(&self) -> Duration {
        match self {
            Self::Slow { ms, when: Moment::Before } => Duration::from_millis(*ms),
            _ => Duration::ZERO,
        }
    }
}

fn fate(answer: &Answer) -> Fate {
    match answer {
        Answer::Drip { bytes, ms } => Fate::Drip { bytes: *bytes, pause: Duration::from_millis(*ms) },
        Answer::Truncated {} => Fate::Half,
        Answer::Stall {} => Fate::Stall,
        Answer::ResetBefore {} | Answer::ResetAfter {} => Fate::Reset,
        _ => Fate::Whole,
    }
}

fn reply(answer: &Answer, subject: &Subject, own: Reply) -> Reply {
    match answer {
        Answer::Denied403 {} => pages::forbidden("Access denied"),
        Answer::Denied401Html {} => pages::unauthorized(),
        Answer::LoginPage200 {} => pages::login_page(),
        Answer::TfaPage {} => pages::second_factor(),
        Answer::Redirect { status: code, location } => pages::redirect(status(*code), location),
        Answer::Status { status: code, retry_after } => bare_status(*code, retry_after.as_ref()),
        Answer::Refuse { text } => Reply::json(&refusal(subject, text)),
        Answer::Html {} => pages::error(StatusCode::OK),
        Answer::Garbage {} => with_body("}{ \u{1} this is no JSON"),
        Answer::Empty {} => with_body(""),
        Answer::Raw { status: code, content_type, body } => {
            with_body(body.clone()).under(status(*code)).with(CONTENT_TYPE, content_type)
        }
        _ => dressed(answer, subject, own),
    }
}

/// The panel's own answer in another dress.
fn dressed(answer: &Answer, subject: &Subject, own: Reply) -> Reply {
    match answer {
        Answer::Messages { messages } if subject.shape == Shape::Whm => {
            edit(own, |envelope| with_outer_messages(envelope, messages))
        }
        Answer::Messages { messages } => edit(own, |envelope| {
            in_uapi(envelope, |uapi| _ = uapi.insert("messages".to_owned(), json!(messages)));
        }),
        Answer::Nested {} if subject.shape == Shape::Uapi => {
            let (module, function) = subject.innermost();
            edit(own, |envelope| nest(envelope, module, function))
        }
        Answer::StringStatus {} => edit(own, verdicts_as_text),
        Answer::NoStatus {} => edit(own, without_verdicts),
        Answer::WhmResult0 { text } => edit(own, |envelope| with_outer_refusal(envelope, text)),
        Answer::ShortBatch { missing } => edit(own, |envelope| without_last_items(envelope, *missing)),
        Answer::Api2Event1Data0 { text } => edit(own, |envelope| {
            with_verdicts(envelope, 1, 0);
            with_reason(envelope, text);
        }),
        Answer::Api2Event0Data1 {} => edit(own, |envelope| with_verdicts(envelope, 0, 1)),
        Answer::Api2ErrorWithSuccess { text } => edit(own, |envelope| {
            with_verdicts(envelope, 1, 1);
            with_error(envelope, text);
        }),
        Answer::Api2DataObject {} => edit(own, with_data_as_object),
        Answer::BigBody { bytes } => edit(own, |envelope| pad(envelope, *bytes)),
        Answer::Close {} => own.closing(),
        Answer::Gzip {} => compressed(own),
        _ => own,
    }
}

/// Any body, called JSON.
fn with_body(body: impl Into<Bytes>) -> Reply {
    Reply { body: body.into(), ..Reply::json(&Value::Null) }
}

fn bare_status(code: u16, retry_after: Option<&Value>) -> Reply {
    let reply = pages::error(status(code));
    match retry_after {
        Some(Value::String(text)) => reply.with(RETRY_AFTER, text),
        Some(other) => reply.with(RETRY_AFTER, &other.to_string()),
        None => reply,
    }
}

/// Rules are checked when they are given, so every code is a status.
fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn compressed(own: Reply) -> Reply {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    match encoder.write_all(&own.body).and_then(|()| encoder.finish()) {
        Ok(body) => Reply { body: body.into(), ..own }.with(CONTENT_ENCODING, "gzip"),
        Err(_) => own,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::rules::rule::Rule;

    fn bent(told: Value) -> (Reply, Duration, Fate) {
        let own = Reply::json(&json!({"status": 1, "errors": null, "messages": null, "data": null, "metadata": {}}));
        let rule = Rule::try_from(told).unwrap();
        let subject = Subject { functions: vec!["Email::passwd_pop".to_owned()], ..Subject::default() };
        bend(&rule.answer, &subject, own)
    }

    fn body(told: Value) -> Value {
        serde_json::from_slice(&bent(told).0.body).unwrap()
    }

    #[test]
    fn envelopes_are_bent_as_asked() {
        assert_eq!(body(json!({"answer": "string-status"}))["status"], "1");
        assert_eq!(body(json!({"answer": "no-status"})).get("status"), None);
        assert_eq!(body(json!({"answer": "messages", "messages": ["hello"]}))["messages"][0], "hello");
        assert_eq!(body(json!({"answer": "refuse", "text": "no"}))["errors"][0], "no");
        let nested = body(json!({"answer": "nested"}));
        assert_eq!((&nested["module"], &nested["result"]["status"]), (&json!("Email"), &json!(1)));
        assert!(bent(json!({"answer": "big-body", "bytes": 1000})).0.body.len() > 1000);
    }

    #[test]
    fn a_rule_reaches_into_the_envelope_of_whm() {
        let uapi = json!({"status": 1, "messages": null});
        let item = json!({"metadata": {"result": 1}, "data": {"uapi": uapi}});
        let bent = |told: Value, own: &Value| -> Value {
            let rule = Rule::try_from(told).unwrap();
            let subject = Subject { shape: Shape::WhmUapi, ..Subject::default() };
            serde_json::from_slice(&bend(&rule.answer, &subject, Reply::json(own)).0.body).unwrap()
        };
        let texts = bent(json!({"answer": "string-status"}), &item);
        assert_eq!((&texts["metadata"]["result"], &texts["data"]["uapi"]["status"]), (&json!("1"), &json!("1")));
        assert_eq!(bent(json!({"answer": "no-status"}), &item)["data"]["uapi"], json!({"messages": null}));
        assert_eq!(bent(json!({"answer": "messages", "messages": ["x"]}), &item)["data"]["uapi"]["messages"][0], "x");
        assert_eq!(bent(json!({"answer": "nested"}), &item), item);
        let refused = bent(json!({"answer": "refuse", "text": "no"}), &item);
        assert_eq!((&refused["metadata"]["result"], &refused["data"]["uapi"]["errors"][0]), (&json!(1), &json!("no")));
        let outer = bent(json!({"answer": "whm-result-0", "text": "no"}), &item);
        assert_eq!((&outer["metadata"]["result"], &outer["data"]["uapi"]["status"]), (&json!(0), &json!(1)));
        let padded = bent(json!({"answer": "big-body", "bytes": 9}), &item);
        assert_eq!((&padded["metadata"]["result"], &padded["metadata"]["padding"]), (&json!(1), &json!("xxxxxxxxx")));
        let batch = json!({"metadata": {"result": 1}, "data": {"result": [item.clone(), item.clone(), item]}});
        let short = bent(json!({"answer": "short-batch", "missing": 2}), &batch);
        assert_eq!(short["data"]["result"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn messages_of_whm_itself_stand_in_its_metadata() {
        let rule = Rule::try_from(json!({"answer": "messages", "messages": ["x"]})).unwrap();
        let subject = Subject { shape: Shape::Whm, ..Subject::default() };
        let body = bend(&rule.answer, &subject, Reply::json(&json!({"metadata": {"result": 1}}))).0.body;
        let expected = json!({"metadata": {"result": 1, "output": {"messages": ["x"]}}});
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
    }

    #[test]
    fn the_verdicts_of_api_2_can_be_set_against_each_other() {
        for (key, module) in [("result", "Email"), ("status", "Passwd")] {
            let own = json!({"cpanelresult": {"module": module, "event": {"result": 1}, "data": [{key: 1}]}});
            let bent = |told: Value| -> Value {
                let rule = Rule::try_from(told).unwrap();
                let functions = vec![format!("{module}::x")];
                let subject = Subject { functions, shape: Shape::Api2, ..Subject::default() };
                let body = bend(&rule.answer, &subject, Reply::json(&own)).0.body;
                serde_json::from_slice::<Value>(&body).unwrap()["cpanelresult"].clone()
            };
            for (answer, event, data, error) in [
                ("api2-event-1-data-0", 1, 0, false),
                ("api2-event-0-data-1", 0, 1, false),
                ("api2-error-with-success", 1, 1, true),
            ] {
                let said = bent(json!({"answer": answer}));
                assert_eq!((&said["event"]["result"], &said["data"][0][key]), (&json!(event), &json!(data)));
                assert_eq!(said["error"].is_string(), error, "{answer}");
            }
            assert_eq!(bent(json!({"answer": "api2-data-object"}))["data"], json!({key: 1}));
            let refused = bent(json!({"answer": "refuse", "text": "no"}));
            assert_eq!((&refused["data"][0][key], &refused["data"][0]["reason"]), (&json!(0), &json!("no")));
            assert_eq!(bent(json!({"answer": "string-status"}))["data"][0][key], "1");
        }
    }

    #[test]
    fn replies_are_replaced_as_asked() {
        let (busy, ..) = bent(json!({"answer": "status-503", "retry_after": 7}));
        assert_eq!(busy.status, 503);
        assert!(busy.headers.contains(&(RETRY_AFTER, "7".parse().unwrap())));
        assert_eq!(bent(json!({"answer": "redirect", "status": 307})).0.status, 307);
        assert!(bent(json!({"answer": "empty"})).0.body.is_empty());
        assert!(serde_json::from_slice::<Value>(&bent(json!({"answer": "garbage"})).0.body).is_err());
        let (raw, ..) = bent(json!({"answer": "raw", "body": "x", "content_type": "text/odd"}));
        assert_eq!((&raw.body[..], &raw.headers[..]), (&b"x"[..], &[(CONTENT_TYPE, "text/odd".parse().unwrap())][..]));
        assert_eq!(bent(json!({"answer": "gzip"})).0.body[..2], [0x1f, 0x8b]);
    }

    #[test]
    fn fates_and_waits_are_as_asked() {
        assert_eq!(bent(json!({"answer": "reset-after"})).2, Fate::Reset);
        assert_eq!(bent(json!({"answer": "truncated"})).2, Fate::Half);
        assert_eq!(bent(json!({"answer": "slow", "ms": 9})).1, Duration::from_millis(9));
        assert_eq!(bent(json!({"answer": "slow", "ms": 9, "when": "before"})).1, Duration::ZERO);
    }
}
