//! How a reply goes out: whole, in pieces, halved, or not at all.

use std::mem::take;
use std::time::Duration;

use http_body_util::{Either, Full};
use hyper::Response;
use hyper::ext::ReasonPhrase;
use hyper::header::{CONNECTION, HeaderValue};
use tokio::time::sleep;

use super::body::{Pieces, ReplyBody};
use super::reply::Reply;
use super::wire::Connection;

/// A response as hyper sends it.
pub(crate) type HttpResponse = Response<ReplyBody>;

/// The connection is to be closed without a response.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
pub(crate) struct Cut;

/// When and how a reply goes out.
#[derive(Debug)]
pub(crate) struct Delivery {
    /// How long it waits.
    pub(crate) wait: Duration,
    /// What then becomes of it.
    pub(crate) fate: Fate,
}

/// What becomes of a reply.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Fate {
    /// It is sent.
    Whole,
    /// It is sent in pieces.
    Drip {
        /// The bytes of a piece.
        bytes: usize,
        /// The pause after each.
        pause: Duration,
    },
    /// Half of it is sent, then the connection ends.
    Half,
    /// It is never sent, and the connection stays open.
    Stall,
    /// It is never sent, and the connection is reset.
    Reset,
}

/// Sends the reply as told.
///
/// # Errors
///
/// When the connection is to be closed without a response.
pub(crate) async fn deliver(
    mut reply: Reply,
    delivery: Delivery,
    connection: &Connection,
) -> Result<HttpResponse, Cut> {
    if !delivery.wait.is_zero() {
        sleep(delivery.wait).await;
    }
    let body = take(&mut reply.body);
    match delivery.fate {
        Fate::Whole => Ok(respond(reply, Either::Left(Full::new(body)))),
        Fate::Drip { bytes, pause } => Ok(respond(reply, Either::Right(Pieces::drip(body, bytes, pause)))),
        Fate::Half => Ok(respond(reply, Either::Right(Pieces::half(&body)))),
        Fate::Stall => std::future::pending().await,
        Fate::Reset => {
            connection.reset_at_end();
            Err(Cut)
        }
    }
}

fn respond(reply: Reply, body: ReplyBody) -> HttpResponse {
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    response.headers_mut().extend(reply.headers);
    if reply.close {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if let Some(reason) = reply.reason {
        response.extensions_mut().insert(ReasonPhrase::from_static(reason.as_bytes()));
    }
    response
}
