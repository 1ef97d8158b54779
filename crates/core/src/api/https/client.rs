//! One settings' worth of reqwest client, with everything off that could surprise.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use rustls::ClientConfig;
use rustls::client::Resumption;

use super::error::HttpsError;
use super::host::Host;
use super::lookup::Lookup;
use super::settings::HttpsSettings;

/// How long an idle connection is kept: shorter than servers keep theirs (Apache's default is 5 s), so that a call
/// rarely meets one that is about to be closed.
const KEPT_IDLE: Duration = Duration::from_secs(4);

/// What the panel's access log shows of us.
const USER_AGENT: &str = concat!("cprekey/", env!("CARGO_PKG_VERSION"));

/// A client that holds one connection, and that follows, retries, stores and unpacks nothing.
///
/// It remembers the TLS sessions of its own connections alone: a memory for all clients would keep eight tickets of a panel, so that of more
/// connections that begin at once only eight could go on with an earlier one's TLS.
pub(super) fn build(settings: &HttpsSettings, mut tls: ClientConfig, lookup: &Lookup) -> Result<Client, HttpsError> {
    tls.resumption = Resumption::in_memory_sessions(1);
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(true)
        .http1_only()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .tcp_nodelay(true)
        .dns_resolver(Arc::new(lookup.clone()))
        .connect_timeout(settings.connect_timeout)
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(KEPT_IDLE)
        .user_agent(USER_AGENT)
        .default_headers(headers(settings)?);
    let builder = match overridden(settings) {
        (Host::Name(name), addresses) if !addresses.is_empty() => builder.resolve_to_addrs(name, &addresses),
        _ => builder,
    };
    builder.build().map_err(|error| HttpsError::setup(&error.without_url()))
}

fn headers(settings: &HttpsSettings) -> Result<HeaderMap, HttpsError> {
    let accept = (ACCEPT, HeaderValue::from_static("application/json"));
    Ok(HeaderMap::from_iter([accept, (AUTHORIZATION, settings.credential.header(settings.face)?)]))
}

fn overridden(settings: &HttpsSettings) -> (&Host, Vec<SocketAddr>) {
    let ours = settings.resolve.iter().filter(|one| one.host == settings.host && one.port == settings.port);
    let addresses = ours.flat_map(|one| &one.addresses).map(|address| SocketAddr::new(*address, settings.port));
    (&settings.host, addresses.collect())
}
