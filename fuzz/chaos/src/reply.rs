//! The raw bytes in which an answer comes, whole or spoilt.

use cprekey_core::api::wire::{Reply, Shape};
use jiff::Timestamp;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::clock;
use crate::faults::{Denial, Says};

/// A response over HTTP.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    status: u16,
    content_type: Option<&'static str>,
    location: Option<&'static str>,
    retry_after: Option<String>,
    body: Vec<u8>,
}

const JSON: &str = "application/json; charset=\"utf-8\"";
const HTML: &str = "text/html; charset=utf-8";

const LOGIN_PAGE: &str = "<!DOCTYPE html><html><head><title>cPanel Login</title></head><body><form id=\"login_form\" \
                          action=\"/login/\"><input type=\"password\"></form></body></html>";

const OTHER_PAGE: &str =
    "<html><head><title>Please wait</title></head><body><h1>The service is being checked</h1></body></html>";

/// What cpsrvd says to a credential that it refuses, whichever API was called.
const ACCESS_DENIED: &str = r#"{"cpanelresult":{"apiversion":"2","error":"Access denied","data":{"reason":"Access denied","result":"0"},"type":"text"}}"#;

impl Raw {
    pub(crate) fn json(value: &Value) -> Self {
        Self {
            status: 200,
            content_type: Some(JSON),
            location: None,
            retry_after: None,
            body: value.to_string().into_bytes(),
        }
    }

    fn page(status: u16, page: &str) -> Self {
        Self { status, content_type: Some(HTML), location: None, retry_after: None, body: page.into() }
    }

    /// As the decoder takes it.
    pub(crate) fn reply(&self) -> Reply<'_> {
        Reply {
            status: self.status,
            content_type: self.content_type,
            location: self.location,
            retry_after: self.retry_after.as_deref(),
            body: &self.body,
        }
    }

    fn with_body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }
}

/// What a spoilt answer looks like; `truth` is the envelope that it should have been.
pub(crate) fn spoilt(says: Says, truth: &Value, shape: Shape, dice: &mut StdRng) -> Raw {
    let whole = Raw::json(truth);
    match says {
        Says::Status(status) => Raw::page(status, OTHER_PAGE),
        Says::Busy(status) => Raw { retry_after: Some(retry_after(dice)), ..Raw::page(status, OTHER_PAGE) },
        Says::Denied(denial) => denied(denial),
        Says::Cut => {
            let kept = dice.random_range(1..whole.body.len());
            let body = whole.body[..kept].to_vec();
            whole.with_body(body)
        }
        Says::Empty => whole.with_body(*b""),
        Says::Garbage => {
            let body: Vec<u8> = (0..dice.random_range(1..200)).map(|_| dice.random()).collect();
            whole.with_body(body)
        }
        Says::CalledPage => Raw { content_type: Some(HTML), ..whole },
        Says::Page => Raw::page(200, OTHER_PAGE),
        Says::OtherShape => Raw::json(&other_shape(shape)),
        Says::Contradiction => Raw::json(&contradiction(truth, shape, dice)),
        Says::FewerItems => Raw::json(&items(truth, |items| drop(items.pop()))),
        Says::MoreItems => Raw::json(&items(truth, |items| items.extend(items.last().cloned()))),
        Says::NoBatches => Raw::json(&json!({"metadata": {
            "command": "batch", "version": 1, "result": 0, "reason": "Unknown app (“batch”) requested for this version (1) of the API.",
        }})),
        _ => whole,
    }
}

fn denied(denial: Denial) -> Raw {
    let elsewhere = |status, location| Raw { location: Some(location), ..Raw::page(status, "") };
    let object = Raw { content_type: Some("text/plain; charset=\"utf-8\""), ..Raw::json(&Value::Null) };
    match denial {
        Denial::Unauthorized => Raw::page(401, LOGIN_PAGE),
        Denial::Forbidden => Raw { status: 403, ..object }.with_body(ACCESS_DENIED),
        Denial::AccessDeniedIn200 => object.with_body(ACCESS_DENIED),
        Denial::LoginPage => Raw::page(200, LOGIN_PAGE),
        Denial::RedirectToLogin => elsewhere(302, "/login/?expired=1"),
        Denial::TemporaryRedirect => elsewhere(307, "https://other.example/execute/"),
    }
}

/// In one of its six forms: seconds, too many of them, the three kinds of HTTP dates, and nothing that can be read.
fn retry_after(dice: &mut StdRng) -> String {
    let seconds = dice.random_range(0..40);
    let then = Timestamp::try_from(clock::wall()).expect("a time of this century").as_second() + seconds;
    let date =
        |format: &str| Timestamp::from_second(then).expect("a time of this century").strftime(format).to_string();
    match dice.random_range(0..6) {
        0 => seconds.to_string(),
        1 => "99999999999999999999".to_owned(),
        2 => date("%a, %d %b %Y %H:%M:%S GMT"),
        3 => date("%A, %d-%b-%y %H:%M:%S GMT"),
        4 => date("%a %b %e %H:%M:%S %Y"),
        _ => ["", "soon", "-1", "1.5"][dice.random_range(0..4)].to_owned(),
    }
}

/// A yes in an envelope that was not asked for.
fn other_shape(shape: Shape) -> Value {
    match shape {
        Shape::Uapi | Shape::Api2 => {
            json!({"metadata": {"command": "passwd", "version": 1, "result": 1, "reason": "OK"}, "data": {}})
        }
        Shape::Whm1 | Shape::UapiThroughWhm | Shape::Api2ThroughWhm => {
            json!({"status": 1, "errors": null, "messages": null, "warnings": null, "data": null, "metadata": {}})
        }
    }
}

fn contradiction(truth: &Value, shape: Shape, dice: &mut StdRng) -> Value {
    let mut envelope = truth.clone();
    match shape {
        Shape::Uapi if dice.random_bool(0.5) => {
            envelope["metadata"] = json!({"result": u8::from(envelope["status"] == 0)});
        }
        Shape::Uapi => {
            envelope["status"] = json!(1);
            envelope["errors"] = json!(["It failed."]);
        }
        Shape::Whm1 => envelope["status"] = json!(u8::from(envelope["metadata"]["result"] == 0)),
        Shape::UapiThroughWhm => {
            envelope["metadata"]["result"] = json!(0);
            envelope["data"]["uapi"] = json!({"status": 1, "errors": null, "data": null});
        }
        Shape::Api2 | Shape::Api2ThroughWhm => {
            envelope["cpanelresult"]["data"] = json!([{"status": 1}]);
            envelope["cpanelresult"]["error"] = json!("It failed.");
        }
    }
    envelope
}

/// A batch's answer with its items changed.
fn items(truth: &Value, change: fn(&mut Vec<Value>)) -> Value {
    let mut envelope = truth.clone();
    if let Some(items) = envelope["data"]["result"].as_array_mut() {
        change(items);
    }
    envelope
}
