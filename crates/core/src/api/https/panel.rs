//! One call: lend a connection, send, read what comes, judge it.

use std::time::{Duration, SystemTime};

use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER, TRANSFER_ENCODING};
use secrecy::SecretString;
use serde_json::value::RawValue;
use tokio::time::timeout;

use super::super::answer::Answer;
use super::super::call::Call;
use super::super::fault::Fault;
use super::super::form;
use super::super::panel::{Answering, Panel};
use super::super::wire::{self, Expected, Reply};
use super::body::{FormBody, Taken};
use super::connection::Connection;
use super::dial::Dialler;
use super::error::HttpsError;
use super::face::Face;
use super::failure;
use super::host::Host;
use super::route::{Route, route};
use super::settings::HttpsSettings;
use super::slots::{Slot, Slots};
use super::target::Target;
use crate::failpoint::failpoint;
use crate::text::redact;

/// A panel's cPanel face or WHM face, over HTTPS.
///
/// It must be used within a tokio runtime of one thread, with I/O and time.
#[derive(Debug)]
pub struct HttpsPanel {
    host: Host,
    port: u16,
    face: Face,
    target: Target,
    dialler: Dialler,
    slots: Slots,
    token: SecretString,
    timeout: Duration,
}

impl HttpsPanel {
    /// Prepares everything and connects to nothing.
    ///
    /// # Errors
    ///
    /// Fails where the trusted certificates cannot be had, and where user, token or host cannot stand in a request.
    pub fn new(settings: &HttpsSettings) -> Result<Self, HttpsError> {
        let tls = settings.trust.client_config(settings.port)?;
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port,
            face: settings.face,
            target: Target::new(settings)?,
            dialler: Dialler::new(settings.resolve.clone(), settings.connect_timeout),
            slots: Slots::new(tls, settings.connections),
            token: settings.credential.token.clone(),
            timeout: settings.timeout,
        })
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        let Route { path, fields, shape } = route(self.face, call)?;
        // Nothing large is kept while this waits: the future of a call fits in what an allocator has ready.
        let mut lent = self.slots.lend().await;
        let (mut form, taken) = FormBody::new(form::encode(&fields, &call.arguments));
        drop(fields);
        failpoint("https-request", b"");
        let answered = timeout(self.timeout, async {
            let response = self.send(&mut lent.slot, &path, &mut form, &taken).await?;
            receive(response, call.answer_limit, Expected::of(call, shape)).await
        })
        .await;
        answered.unwrap_or_else(|_| Err(self.too_late(&taken))).map(|answer| self.without_token(answer))
    }

    /// Sends a form over the connection of a slot; over a new one where there is none, or where it has ended before anything was sent.
    async fn send(
        &self,
        slot: &mut Slot,
        path: &str,
        form: &mut FormBody,
        taken: &Taken,
    ) -> Result<Response<Incoming>, Fault> {
        loop {
            let (connection, is_kept) = match slot.kept().await {
                Some(connection) => (connection, true),
                // What is seldom needed has room of its own, so that the future of a call stays small.
                None => (Box::pin(self.open(slot)).await?, false),
            };
            match connection.send(self.target.request(path, form.take())?).await {
                Ok(response) => return Ok(response),
                Err(mut error) => match error.take_message() {
                    Some(unsent) if is_kept => *form = unsent.into_body(),
                    _ => return Err(failure::of_request(error.error(), taken.is_set())),
                },
            }
        }
    }

    async fn open<'a>(&self, slot: &'a mut Slot) -> Result<&'a mut Connection, Fault> {
        let stream = self.dialler.dial(&self.host, self.port, &slot.tls).await?;
        let connection = Connection::new(stream).await.map_err(|error| failure::of_request(&error, false))?;
        Ok(slot.connection.insert(connection))
    }

    /// The answer, the token taken out of its words: a panel may repeat what it was sent.
    fn without_token(&self, mut answer: Answer) -> Answer {
        let words = [&mut answer.errors, &mut answer.messages, &mut answer.warnings];
        for text in words.into_iter().flatten() {
            *text = redact(text, &[&self.token]).into_owned();
        }
        Answer { envelope: answer.envelope.take().and_then(|envelope| self.envelope_without_token(envelope)), ..answer }
    }

    /// The envelope, the token taken out of it; none where it would be no JSON without it.
    fn envelope_without_token(&self, envelope: Box<RawValue>) -> Option<Box<RawValue>> {
        let clean = redact(envelope.get(), &[&self.token]);
        if clean == envelope.get() {
            return Some(envelope);
        }
        RawValue::from_string(clean.into_owned()).ok()
    }

    fn too_late(&self, taken: &Taken) -> Fault {
        if taken.is_set() {
            Fault::Timeout { after: self.timeout }
        } else {
            Fault::Unreachable { detail: format!("no connection within {} s", self.timeout.as_secs_f32()) }
        }
    }
}

impl Panel for HttpsPanel {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a> {
        Box::pin(self.answer(call))
    }
}

/// Judges a response, whose body may have up to `limit` bytes.
async fn receive(response: Response<Incoming>, limit: usize, expected: Expected) -> Result<Answer, Fault> {
    let (head, mut body) = response.into_parts();
    // Any other status says what it means without a body, which may never end.
    let body = if head.status.is_success() { read(&head.headers, &mut body, limit).await? } else { Vec::new() };
    failpoint("https-answer", &body);
    let reply = Reply {
        status: head.status.as_u16(),
        content_type: text(&head.headers, &CONTENT_TYPE),
        location: text(&head.headers, &LOCATION),
        retry_after: text(&head.headers, &RETRY_AFTER),
        body: &body,
    };
    wire::decode(&reply, expected, SystemTime::now())
}

/// Reads a body of up to `limit` bytes.
async fn read(headers: &HeaderMap, body: &mut Incoming, limit: usize) -> Result<Vec<u8>, Fault> {
    plain(headers)?;
    let too_large = || Fault::unusable(format!("it is larger than {limit} bytes"));
    let announced = usize::try_from(body.size_hint().exact().unwrap_or(0)).map_err(|_| too_large())?;
    if announced > limit {
        return Err(too_large());
    }
    let mut read = Vec::with_capacity(announced);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| failure::of_request(&error, true))?;
        // What follows a body says nothing of it.
        let Ok(chunk) = frame.into_data() else { continue };
        if chunk.len() > limit - read.len() {
            return Err(too_large());
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}

/// Refuses a body that is packed: nobody asked for that, and nothing here unpacks.
///
/// A packed page counts as a refused credential. The API gives no pages; a login page is the one that a panel gives itself, and nobody sees that it
/// is one. Taken for anything else, it would be asked for again until an address is blocked for its failed logins.
fn plain(headers: &HeaderMap) -> Result<(), Fault> {
    let all_are = |name, plain: &str| {
        headers.get_all(name).iter().all(|value| value.as_bytes().eq_ignore_ascii_case(plain.as_bytes()))
    };
    if all_are(CONTENT_ENCODING, "identity") && all_are(TRANSFER_ENCODING, "chunked") {
        Ok(())
    } else if text(headers, &CONTENT_TYPE).is_some_and(wire::says_html) {
        Err(Fault::denied(
            "it answers with a packed page, which may be its login page: check the user, the token and the port",
        ))
    } else {
        Err(Fault::unusable("it is packed in a way that was not asked for"))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
