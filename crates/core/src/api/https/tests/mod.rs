//! The transport against a small TLS server: what goes over the wire, and what every way of failing is taken for.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answer;
mod ask;
mod breakage;
mod request;
mod server;
mod trust;
mod whm;
