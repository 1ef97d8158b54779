//! Calls over HTTPS: the only place that speaks HTTP.
//!
//! [`HttpsPanel`] sends each call as one POST with a form body over HTTP/1.1, follows no redirect, tries nothing twice,
//! and never holds more connections than its settings allow. (Of a name with several addresses, where the first is silent the next is tried beside it;
//! whichever is later is given up.)

mod body;
mod certificate;
mod connection;
mod credential;
mod dial;
mod endpoint;
mod error;
mod explain;
mod face;
mod failure;
mod host;
mod lookup;
mod panel;
mod pin;
mod resolve;
mod route;
mod settings;
mod slots;
mod target;
mod trust;
mod verifier;

pub use credential::Credential;
pub(crate) use dial::Dialler;
pub use endpoint::{Endpoint, EndpointError};
pub use error::HttpsError;
pub use explain::{ExplainedRequest, explain};
pub use face::Face;
pub use host::{Host, HostError};
pub use panel::HttpsPanel;
pub use pin::{Pin, PinError};
pub use resolve::{Resolve, ResolveError};
pub use settings::HttpsSettings;
pub use trust::Trust;

#[cfg(test)]
mod tests;
