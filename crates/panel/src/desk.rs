//! Takes a request from its first byte to the last of its answer: read, decided by the rules, answered, written down, sent.

use std::rc::Rc;
use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Incoming;
use tokio::time::sleep;

use crate::faces::{self, Seen};
use crate::http::{Connection, Cut, Delivery, Fate, HttpResponse, ReadError, Reply, Request, deliver};
use crate::pages;
use crate::panel::Panel;
use crate::rules::bend;
use crate::subject::{Face, Subject};

/// Answers one request of a connection.
///
/// # Errors
///
/// When the connection is to be closed without an answer.
pub(crate) async fn serve(
    panel: Rc<Panel>,
    face: Face,
    connection: Rc<Connection>,
    request: hyper::Request<Incoming>,
) -> Result<HttpResponse, Cut> {
    let (reply, delivery, _in_flight) = match Request::read(request, connection.number).await {
        Ok(request) => {
            let in_flight = panel.counters.request_begins();
            let (reply, delivery) = handle(&panel, face, &connection, &request).await;
            (reply, delivery, Some(in_flight))
        }
        Err(ReadError::TooLarge) => {
            let reply = pages::error(StatusCode::PAYLOAD_TOO_LARGE).closing();
            (reply, Delivery { wait: Duration::ZERO, fate: Fate::Whole }, None)
        }
        Err(ReadError::Broken) => return Err(Cut),
    };
    deliver(reply, delivery, &connection).await
}

async fn handle(panel: &Panel, door: Face, connection: &Connection, request: &Request) -> (Reply, Delivery) {
    let subject = Subject::of(door, request);
    for function in &subject.functions {
        panel.counters.called(function);
    }
    let rule = panel.rules.decide(&subject);
    let before = rule.as_ref().map_or(Duration::ZERO, |rule| rule.answer.wait_before());
    if !before.is_zero() {
        sleep(before).await;
    }
    let Seen { reply, user } = faces::answer(door, panel, request, rule.as_ref().is_none_or(|rule| rule.apply));
    let (mut reply, wait, fate) = match &rule {
        Some(rule) => {
            count_denial(panel, user, rule.answer.is_denial());
            bend(&rule.answer, &subject, reply)
        }
        None => (reply, Duration::ZERO, Fate::Whole),
    };
    reply.close |= panel.behaviour().close_each;
    let status = (!matches!(fate, Fate::Stall | Fate::Reset)).then_some(reply.status);
    if panel.access_log.write(connection, user, &request.line, status).is_err() {
        reply = pages::error(StatusCode::INSUFFICIENT_STORAGE);
    }
    let wait = wait + latency(panel, &subject, request);
    (reply, Delivery { wait, fate })
}

/// How long the answer takes because the panel is set so: for itself, and for every command of a batch.
fn latency(panel: &Panel, subject: &Subject, request: &Request) -> Duration {
    let settings = panel.behaviour();
    let is_batch = subject.functions.first().is_some_and(|function| function == "whm::batch");
    let commands = if is_batch { request.arguments.list_of_bytes("command").len() as u64 } else { 0 };
    Duration::from_millis(settings.latency_ms.saturating_add(commands.saturating_mul(settings.batch.command_ms)))
}

/// A rule's denial counts like the panel's own, which has been counted already when nobody was let in.
fn count_denial(panel: &Panel, user: Option<&str>, denied: bool) {
    if denied && user.is_some() {
        panel.counters.denied();
    }
}
