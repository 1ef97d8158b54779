//! The paths of the control port.

use std::convert::Infallible;
use std::rc::Rc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::verify::Questions;
use crate::http::{ReadError, Request};
use crate::panel::Panel;
use crate::rules::Rule;
use crate::state::StoreError;

/// Why the control port cannot do what it is asked.
#[derive(Debug, thiserror::Error)]
enum ControlError {
    /// The body is not the JSON that the path wants.
    #[error("the body is not right: {0}")]
    Body(#[from] serde_json::Error),
    /// The request could not be read to its end.
    #[error("{0}")]
    Unread(#[from] ReadError),
    /// There is no such path, or not with this method.
    #[error("there is no such thing here")]
    NoSuchPath,
    /// A stored password cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl ControlError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Body(_) | Self::Unread(_) => StatusCode::BAD_REQUEST,
            Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Answers one request; what went wrong stands in `error`.
///
/// # Errors
///
/// Never.
pub(crate) async fn serve(
    panel: Rc<Panel>,
    request: hyper::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let answer = match Request::read(request, 0).await {
        Ok(request) => route(&panel, &request),
        Err(error) => Err(error.into()),
    };
    let (status, body) = match answer {
        Ok(body) => (StatusCode::OK, body),
        Err(error) => (error.status(), json!({"error": error.to_string()})),
    };
    let mut response = Response::new(Full::new(body.to_string().into()));
    *response.status_mut() = status;
    Ok(response)
}

fn route(panel: &Panel, request: &Request) -> Result<Value, ControlError> {
    match (&request.method, request.path.as_str()) {
        (&Method::GET, "/state") => state(panel),
        (&Method::GET, "/journal") => journal(panel, request),
        (&Method::POST, "/switch") => switch(panel, request),
        (&Method::DELETE, "/switch") => {
            panel.rules.clear();
            Ok(json!({"rules": []}))
        }
        (&Method::POST, "/behaviour") => {
            panel.change_behaviour(read(request)?)?;
            Ok(json!({"behaviour": tell(&*panel.behaviour())?}))
        }
        (&Method::POST, "/reset-counters") => {
            panel.reset_counters();
            Ok(json!({}))
        }
        (&Method::POST, "/verify") => tell(&read::<Questions>(request)?.answer(panel)?),
        _ => Err(ControlError::NoSuchPath),
    }
}

fn state(panel: &Panel) -> Result<Value, ControlError> {
    Ok(json!({
        "counters": tell(&panel.counters.now())?,
        "changes": panel.journal.changes().len(),
        "behaviour": tell(&*panel.behaviour())?,
        "rules": tell(&panel.rules.told())?,
    }))
}

/// `?skip=N` leaves out the first N changes.
fn journal(panel: &Panel, request: &Request) -> Result<Value, ControlError> {
    let skip = request.arguments.text("skip").and_then(|skip| skip.parse().ok()).unwrap_or(0);
    Ok(json!({
        "changes": tell(&panel.journal.changes().get(skip..).unwrap_or_default())?,
        "in_flight_most": panel.counters.now().in_flight_most,
    }))
}

/// Takes one rule or a list of them; when one of them is not right, none is taken.
fn switch(panel: &Panel, request: &Request) -> Result<Value, ControlError> {
    let rules: Vec<Rule> = match read::<Value>(request)? {
        list @ Value::Array(_) => serde_json::from_value(list)?,
        one => vec![serde_json::from_value(one)?],
    };
    for rule in rules {
        panel.rules.add(rule);
    }
    Ok(json!({"rules": tell(&panel.rules.told())?}))
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, ControlError> {
    Ok(serde_json::from_slice(&request.body)?)
}

fn tell(value: &impl Serialize) -> Result<Value, ControlError> {
    Ok(serde_json::to_value(value)?)
}
