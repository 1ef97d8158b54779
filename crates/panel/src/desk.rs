//! Takes a request from its first byte to the last of its answer: read, decided by the rules, answered, written down, sent.

use std::rc::Rc;
use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Incoming;
use tokio::task::spawn_local;
use tokio::time::sleep;

use crate::faces::{self, Seen};
use crate::http::{Connection, Cut, Delivery, Fate, HttpResponse, ReadError, Reply, Request, deliver};
use crate::pages;
use crate::panel::Panel;
use crate::rules::bend;
use crate::subject::{Face, Subject};

/// Answers one request of a connection. A task of its own does what is asked, as a process does on a real panel: a client
/// that leaves loses the answer, but does not stop the change.
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
            let connection = Rc::clone(&connection);
            let handling = spawn_local(async move {
                let in_flight = panel.counters.request_begins();
                let (reply, delivery) = handle(&panel, face, &connection, &request).await;
                (reply, delivery, Some(in_flight))
            });
            handling.await.map_err(|_| Cut)?
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
    let subject = faces::complete(door, panel, request, Subject::of(door, request));
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
    let wait = wait + panel.latency(&subject, &request.arguments);
    (reply, Delivery { wait, fate })
}

/// A rule's denial counts like the panel's own, which has been counted already when nobody was let in.
fn count_denial(panel: &Panel, user: Option<&str>, denied: bool) {
    if denied && user.is_some() {
        panel.counters.denied();
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use hyper::server::conn::http1;
    use hyper::service::service_fn;
    use hyper_util::rt::TokioIo;
    use serde_json::json;
    use tokio::io::{AsyncWriteExt as _, duplex};
    use tokio::task::LocalSet;

    use super::*;
    use crate::panel::tests::panel;
    use crate::rules::Rule;

    const CONFIG: &str = "[[account]]\nname='shop'\ndomain='example.com'\ntokens=[{name='t', secret='FULL'}]\n\
        mailboxes=[{address='anna@example.com'}]";
    const CHANGE: &[u8] = b"GET /execute/Email/passwd_pop?email=anna%40example.com&password=Kx9%23mQ2%24vL7!pR4%26 \
        HTTP/1.1\r\nHost: x\r\nAuthorization: cpanel shop:FULL\r\n\r\n";

    #[tokio::test(start_paused = true)]
    async fn a_change_is_made_late_though_the_client_has_left() {
        let panel = Rc::new(panel(CONFIG));
        panel.rules.add(Rule::try_from(json!({"answer": "slow", "ms": 1000, "when": "before"})).unwrap());
        let connection = Connection::open("127.0.0.1".to_owned(), &panel.counters);
        let (mut client, server) = duplex(1024);
        let desk = Rc::clone(&panel);
        let service = service_fn(move |request| serve(Rc::clone(&desk), Face::Cpanel, Rc::clone(&connection), request));
        let visit = async {
            spawn_local(http1::Builder::new().serve_connection(TokioIo::new(server), service));
            client.write_all(CHANGE).await.unwrap();
            sleep(Duration::from_millis(300)).await;
            drop(client);
            sleep(Duration::from_millis(600)).await;
            assert_eq!(panel.journal.changes().len(), 0);
            sleep(Duration::from_millis(200)).await;
        };
        LocalSet::new().run_until(visit).await;
        assert_eq!((panel.journal.changes().len(), panel.counters.now().in_flight), (1, 0));
    }
}
