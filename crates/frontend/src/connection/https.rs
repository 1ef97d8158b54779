//! The way over HTTPS.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use cprekey_core::api::Scope;
use cprekey_core::api::https::{Credential, Endpoint, EndpointError, Face, HttpsPanel, HttpsSettings, Pin, Trust};

use super::args::ConnectionArgs;
use super::way::{Connection, Way};
use crate::failure::Failure;
use crate::token::TokenSource;

/// Makes ready a connection, and opens none.
pub(super) fn connect(args: ConnectionArgs, user: Option<String>, jobs: NonZeroUsize) -> Result<Connection, Failure> {
    let endpoint = args.host.as_deref().map(str::parse).transpose();
    let endpoint = endpoint.map_err(|error: EndpointError| Failure::bad_input(format_args!("--host: {error}")))?;
    let (endpoint, user) = named(endpoint, user)?;
    let face = args.face.map_or_else(|| by_port(endpoint.port), Face::from);
    let port = endpoint.port.unwrap_or(face.default_port());
    let host = format!("{}:{port}", endpoint.host);
    let source = TokenSource { file: args.token_file, command: args.token_command };
    let settings = HttpsSettings {
        host: endpoint.host,
        port,
        face,
        credential: Credential { token: source.fetch(&user, &host)?, user },
        trust: trust(args.insecure, args.pin, args.cacert),
        resolve: args.resolve,
        connect_timeout: args.connect_timeout,
        timeout: args.timeout,
        connections: jobs,
    };
    let panel = HttpsPanel::new(&settings).map_err(Failure::bad_input)?;
    let scope = match face {
        Face::Cpanel => Scope::Account,
        Face::Whm => Scope::Server,
    };
    Ok(Connection { way: Way::Https(panel), scope, host, user: settings.credential.user, insecure: args.insecure })
}

/// The face that a port is known for.
fn by_port(port: Option<u16>) -> Face {
    if port == Some(Face::Whm.default_port()) { Face::Whm } else { Face::Cpanel }
}

/// The panel and the user, both of which must be given.
fn named(host: Option<Endpoint>, user: Option<String>) -> Result<(Endpoint, String), Failure> {
    let missing = match (host, user) {
        (Some(endpoint), Some(user)) => return Ok((endpoint, user)),
        (None, None) => "--host and --user are missing",
        (None, Some(_)) => "--host is missing",
        (Some(_), None) => "--user is missing",
    };
    Err(Failure::bad_input(missing).with_remedy(
        "say which panel and whose token: --host cp.example.net --user shop, or put them into a profile; \
         on the cPanel server itself, say --local",
    ))
}

fn trust(insecure: bool, pin: Option<Pin>, cacert: Option<PathBuf>) -> Trust {
    match (pin, cacert) {
        _ if insecure => Trust::Insecure,
        (Some(pin), _) => Trust::Pin(pin),
        (None, Some(path)) => Trust::CaFile(path),
        (None, None) => Trust::System,
    }
}
