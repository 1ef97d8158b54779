//! One call: lend a connection, send, read what comes, judge it.

use std::time::{Duration, SystemTime};

use reqwest::header::{
    CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use reqwest::{Body, Client, Method, Request, Response};
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
use super::error::HttpsError;
use super::face::Face;
use super::lookup::Lookup;
use super::route::route;
use super::settings::HttpsSettings;
use super::slots::{self, Slots};
use super::target::Target;
use super::{client, failure};
use crate::failpoint::failpoint;
use crate::text::redact;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// A panel's cPanel face or WHM face, over HTTPS.
///
/// It must be used within a tokio runtime with I/O and time; on a current-thread one it never has more connections open
/// than its settings allow.
#[derive(Debug)]
pub struct HttpsPanel {
    target: Target,
    face: Face,
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
        let lookup = Lookup::default();
        let clients = (0..settings.connections.get()).map(|_| client::build(settings, tls.clone(), &lookup));
        Ok(Self {
            target: Target::new(&settings.host, settings.port)?,
            face: settings.face,
            slots: Slots::new(clients.collect::<Result<_, _>>()?),
            token: settings.credential.token.clone(),
            timeout: settings.timeout,
        })
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        let route = route(self.face, call)?;
        // Nothing large is kept while this waits: the future of a call fits in what an allocator has ready.
        let slot = self.slots.lend().await;
        let mut request = Request::new(Method::POST, self.target.url(&route.path));
        let (body, taken) = FormBody::new(form::encode(&route.fields, &call.arguments));
        request.headers_mut().insert(CONTENT_TYPE, FORM);
        *request.body_mut() = Some(Body::wrap(body));

        failpoint("https-request", b"");
        let expected = Expected::of(call, route.shape);
        let exchange = exchange(slot.client(), request, &taken, call.answer_limit, expected);
        let answered = timeout(self.timeout, exchange).await;
        slots::settle().await;
        answered.unwrap_or_else(|_| Err(self.too_late(&taken))).map(|answer| self.without_token(answer))
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

async fn exchange(
    client: &Client,
    request: Request,
    taken: &Taken,
    limit: usize,
    expected: Expected,
) -> Result<Answer, Fault> {
    let mut response = client.execute(request).await.map_err(|error| failure::fault(&error, taken.is_set()))?;
    // Any other status says what it means without a body, which may never end.
    let body = if response.status().is_success() { read(&mut response, limit).await? } else { Vec::new() };
    failpoint("https-answer", &body);
    let headers = response.headers();
    let reply = Reply {
        status: response.status().as_u16(),
        content_type: text(headers, &CONTENT_TYPE),
        location: text(headers, &LOCATION),
        retry_after: text(headers, &RETRY_AFTER),
        body: &body,
    };
    wire::decode(&reply, expected, SystemTime::now())
}

/// Reads a body of up to `limit` bytes.
async fn read(response: &mut Response, limit: usize) -> Result<Vec<u8>, Fault> {
    plain(response.headers())?;
    let too_large = || Fault::unusable(format!("it is larger than {limit} bytes"));
    let announced = response.content_length().map_or(Ok(0), usize::try_from).map_err(|_| too_large())?;
    if announced > limit {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(announced);
    while let Some(chunk) = response.chunk().await.map_err(|error| failure::fault(&error, true))? {
        if chunk.len() > limit - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
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
