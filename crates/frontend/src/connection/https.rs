//! The way over HTTPS.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use cprekey_core::api::https::{
    self, Credential, Endpoint, EndpointError, Face, Host, HttpsPanel, HttpsSettings, Pin, Trust,
};
use cprekey_core::api::{Call, Scope};

use super::args::ConnectionArgs;
use super::door::Explanation;
use super::way::{Connection, Way};
use crate::failure::Failure;
use crate::token::TokenSource;

/// Where a panel answers, and whom.
struct Address {
    host: Host,
    port: u16,
    face: Face,
    user: String,
}

/// Makes ready a connection, and opens none.
pub(super) fn connect(args: ConnectionArgs, user: Option<String>, jobs: NonZeroUsize) -> Result<Connection, Failure> {
    let Address { host, port, face, user } = address(&args, user)?;
    let shown = format!("{host}:{port}");
    let source = TokenSource { file: args.token_file, command: args.token_command };
    let settings = HttpsSettings {
        host,
        port,
        face,
        credential: Credential { token: source.fetch(&user, &shown)?, user },
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
    Ok(Connection {
        way: Way::Https(Box::new(panel)),
        scope,
        host: shown,
        user: settings.credential.user,
        insecure: args.insecure,
    })
}

/// What would be sent for a call; asks for no token.
pub(super) fn explain(args: &ConnectionArgs, user: Option<String>, call: &Call<'_>) -> Result<Explanation, Failure> {
    let Address { host, port, face, user } = address(args, user)?;
    let request = https::explain(&host, port, face, call).map_err(Failure::bad_input)?;
    Ok(Explanation::Request { face, user, request })
}

/// The face that these options lead to.
pub(super) fn face(args: &ConnectionArgs) -> Result<Face, Failure> {
    let endpoint = endpoint(args)?;
    Ok(args.face.map_or_else(|| by_port(endpoint.and_then(|endpoint| endpoint.port)), Face::from))
}

fn address(args: &ConnectionArgs, user: Option<String>) -> Result<Address, Failure> {
    let face = face(args)?;
    let (endpoint, user) = named(endpoint(args)?, user)?;
    Ok(Address { port: endpoint.port.unwrap_or(face.default_port()), host: endpoint.host, face, user })
}

fn endpoint(args: &ConnectionArgs) -> Result<Option<Endpoint>, Failure> {
    let endpoint = args.host.as_deref().map(str::parse).transpose();
    endpoint.map_err(|error: EndpointError| Failure::bad_input(format_args!("--host: {error}")))
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

/// Which certificates are accepted.
pub(super) fn trust(insecure: bool, pin: Option<Pin>, cacert: Option<PathBuf>) -> Trust {
    match (pin, cacert) {
        _ if insecure => Trust::Insecure,
        (Some(pin), _) => Trust::Pin(pin),
        (None, Some(path)) => Trust::CaFile(path),
        (None, None) => Trust::System,
    }
}
