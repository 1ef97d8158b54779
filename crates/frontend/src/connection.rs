//! The options that say which panel, as whom, how it is trusted, and how fast: as typed, and as meant.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use cprekey_core::api::https::{
    Credential, Endpoint, EndpointError, Face, HttpsPanel, HttpsSettings, Pin, Resolve, Trust,
};
use cprekey_core::pace::Rate;
use cprekey_core::retry::RetryPolicy;

use crate::failure::Failure;
use crate::token::TokenSource;

/// The port of the cPanel face.
const CPANEL_PORT: u16 = 2083;
/// The port of the WHM face.
const WHM_PORT: u16 = 2087;

/// Which panel, as whom, and how it is trusted: as typed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Panel")]
pub struct ConnectionArgs {
    /// The panel; port 2083 where none is given
    // Read as a text, because clap would show a wrong one as it stands, and people paste URLs with a token in them.
    #[arg(long, value_name = "HOST[:PORT]")]
    pub host: Option<String>,

    /// The cPanel account whose token it is
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,

    /// A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// A command that prints the API token, for example of a password manager
    #[arg(long, value_name = "CMD", conflicts_with = "token_file")]
    pub token_command: Option<String>,

    /// Trust the certificates in this PEM file instead of the system's
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,

    /// Trust this public key and no other, in curl's notation; it takes the place of every other check
    #[arg(long, value_name = "sha256//BASE64")]
    pub pin: Option<Pin>,

    /// Connect to this address for that name, in curl's notation
    #[arg(long, value_name = "HOST:PORT:ADDR")]
    pub resolve: Vec<Resolve>,

    /// Do not check the panel's certificate: whoever is in between can read the token and every password
    #[arg(long, conflicts_with_all = ["pin", "cacert"])]
    pub insecure: bool,

    /// Seconds to wait for a connection
    #[arg(long, value_name = "S", default_value = "10", value_parser = seconds)]
    pub connect_timeout: Duration,

    /// Seconds to wait for a whole answer
    #[arg(long, value_name = "S", default_value = "60", value_parser = seconds)]
    pub timeout: Duration,
}

/// How many calls at once, how fast, and how often again: as typed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Pace")]
pub struct PaceArgs {
    /// Calls under way at once
    #[arg(long, value_name = "N", default_value = "4", value_parser = jobs)]
    pub jobs: NonZeroUsize,

    /// Calls a second at most (10, 10/s, 30/m), or none for no limit
    #[arg(long, value_name = "R[/s,/m]", default_value = "10/s")]
    pub rate: Rate,

    /// How often a call is tried again after a passing fault
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub retries: u32,
}

impl PaceArgs {
    /// How patient the run is.
    #[must_use]
    pub fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { retries: self.retries, ..RetryPolicy::default() }
    }
}

/// A panel that is ready to be called.
pub struct Connection {
    /// The way to it.
    pub panel: HttpsPanel,
    /// Its name and port, as the user gave them.
    pub host: String,
    /// Whose token it is.
    pub user: String,
    /// Whether its certificate is not checked.
    pub insecure: bool,
}

impl ConnectionArgs {
    /// Makes ready what was typed: reads the CA file, fetches the token, asks for it where that is needed. Sends nothing.
    ///
    /// # Errors
    ///
    /// Says which option is missing or wrong, and what to do.
    pub fn connect(self, jobs: NonZeroUsize) -> Result<Connection, Failure> {
        let endpoint = self.host.as_deref().map(str::parse).transpose();
        let endpoint = endpoint.map_err(|error: EndpointError| Failure::bad_input(format_args!("--host: {error}")))?;
        let (endpoint, user) = named(endpoint, self.user)?;
        let port = endpoint.port.unwrap_or(CPANEL_PORT);
        let host = format!("{}:{port}", endpoint.host);
        let source = TokenSource { file: self.token_file, command: self.token_command };
        let settings = HttpsSettings {
            host: endpoint.host,
            face: Face::Cpanel,
            port,
            credential: Credential { token: source.fetch(&user, &host)?, user },
            trust: trust(self.insecure, self.pin, self.cacert),
            resolve: self.resolve,
            connect_timeout: self.connect_timeout,
            timeout: self.timeout,
            connections: jobs,
        };
        let panel = HttpsPanel::new(&settings).map_err(Failure::bad_input)?;
        Ok(Connection { panel, host, user: settings.credential.user, insecure: self.insecure })
    }
}

/// The panel and the account, both of which must be given.
fn named(host: Option<Endpoint>, user: Option<String>) -> Result<(Endpoint, String), Failure> {
    let missing = match (host, user) {
        (Some(Endpoint { port: Some(WHM_PORT), .. }), _) => {
            return Err(Failure::bad_input("port 2087 is WHM's, and this version speaks to cPanel accounts only")
                .with_remedy("use port 2083 with an API token of the cPanel account"));
        }
        (Some(endpoint), Some(user)) => return Ok((endpoint, user)),
        (None, None) => "--host and --user are missing",
        (None, Some(_)) => "--host is missing",
        (Some(_), None) => "--user is missing",
    };
    Err(Failure::bad_input(missing)
        .with_remedy("say which panel and whose token: --host cp.example.net --user shop, or put them into a profile"))
}

fn trust(insecure: bool, pin: Option<Pin>, cacert: Option<PathBuf>) -> Trust {
    match (pin, cacert) {
        _ if insecure => Trust::Insecure,
        (Some(pin), _) => Trust::Pin(pin),
        (None, Some(path)) => Trust::CaFile(path),
        (None, None) => Trust::System,
    }
}

/// The most calls at once: no server wants more, and each needs a connection.
const MOST_JOBS: usize = 512;

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|jobs: &NonZeroUsize| jobs.get() <= MOST_JOBS)
        .ok_or(format!("a number from 1 to {MOST_JOBS}"))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| String::from("a number of seconds"))?;
    let sensible = (0.001..=86_400.0).contains(&seconds);
    sensible.then(|| Duration::from_secs_f64(seconds)).ok_or_else(|| String::from("above 0 and at most 86400 seconds"))
}
