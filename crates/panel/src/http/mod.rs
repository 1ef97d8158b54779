//! HTTP as the faces see it: a decoded request, a reply, and how the reply goes out.

mod arguments;
mod body;
mod delivery;
mod reply;
mod request;
mod wire;

pub(crate) use arguments::Arguments;
pub(crate) use delivery::{Cut, Delivery, Fate, HttpResponse, deliver};
pub(crate) use reply::Reply;
#[cfg(test)]
pub(crate) use request::tests::post;
pub(crate) use request::{ReadError, Request};
pub(crate) use wire::{Connection, Wire};
