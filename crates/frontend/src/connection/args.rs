//! The options that say which panel, and how it is reached and trusted: as typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ValueEnum};
use cprekey_core::api::https::{Face, Pin, Resolve};

/// Which door of the panel.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum FaceChoice {
    /// one cPanel account, by a token of its own
    Cpanel,
    /// many accounts, by a token of root or a reseller
    Whm,
}

impl From<FaceChoice> for Face {
    fn from(choice: FaceChoice) -> Self {
        match choice {
            FaceChoice::Cpanel => Self::Cpanel,
            FaceChoice::Whm => Self::Whm,
        }
    }
}

/// The options that mean nothing where no connection is made.
const REMOTE: [&str; 8] =
    ["host", "token_file", "token_command", "cacert", "pin", "resolve", "insecure", "connect_timeout"];

/// Which panel, and how it is reached and trusted: as typed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Panel")]
pub struct ConnectionArgs {
    /// The panel; port 2083 where none is given, or 2087 with --as whm
    // Read as a text, because clap would show a wrong one as it stands, and people paste URLs with a token in them.
    #[arg(long, value_name = "HOST[:PORT]")]
    pub host: Option<String>,

    /// Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]
    #[arg(long = "as", value_name = "FACE", value_enum)]
    pub face: Option<FaceChoice>,

    /// Drive this server's own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own
    #[arg(long, conflicts_with_all = REMOTE)]
    pub local: bool,

    /// Where those programs are
    #[arg(long, value_name = "DIR", default_value = "/usr/local/cpanel/bin", conflicts_with = "host")]
    pub bin_dir: PathBuf,

    /// Give a program passwords as arguments where it takes them in no other way: others on the server can read them
    #[arg(long, conflicts_with = "host")]
    pub allow_argv: bool,

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

impl ConnectionArgs {
    /// Whether something was said that means nothing where no connection is made.
    #[must_use]
    pub fn speaks_of_https(said: &ArgMatches) -> bool {
        REMOTE.iter().any(|option| said.value_source(option) == Some(ValueSource::CommandLine))
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| String::from("a number of seconds"))?;
    let sensible = (0.001..=86_400.0).contains(&seconds);
    sensible.then(|| Duration::from_secs_f64(seconds)).ok_or_else(|| String::from("above 0 and at most 86400 seconds"))
}
