//! What may be typed after `cprekey-panel`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::tls::Shape;

const EXAMPLES: &str = "\
Examples:
  cprekey-panel
      the built-in example accounts on a free port of 127.0.0.1
  cprekey-panel --config panel.toml --listen 127.0.0.1:2083 --state ./panel-state
      accounts of your own, and a state that is still there the next time
  cprekey-panel --latency 300ms --no-hashing
      for measuring a client: a slow panel that does no work of its own
  cprekey-panel --switch '{\"match\":{\"function\":\"Email::passwd_pop\",\"count\":2},\"answer\":\"status-503\"}'
      the first two changes are answered with 503, and not made

When it is ready it prints one line of JSON with its addresses and tokens.
It ends on SIGTERM, SIGINT or SIGHUP.";

/// The command line of the rehearsal panel.
#[derive(Parser)]
#[command(
    name = "cprekey-panel",
    version,
    about = "A rehearsal panel: answers as cPanel's HTTPS faces and local programs do, on loopback only",
    after_help = EXAMPLES
)]
pub struct Args {
    /// Accounts, mailboxes and rules, in TOML [default: a small built-in example]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Where mail files, keys and logs are kept [default: a new folder, gone at the end]
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,

    /// Where the local programs uapi, cpapi2 and whmapi1 are put [default: the folder bin of the state]
    #[arg(long, value_name = "DIR")]
    pub(crate) bin_dir: Option<PathBuf>,

    /// Where the cPanel face listens; loopback only
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,

    /// Where the WHM face listens; loopback only
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub(crate) listen_whm: SocketAddr,

    /// Where the control port listens; loopback only
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub(crate) control: SocketAddr,

    /// How long every answer takes at least, as in 300ms or 1.5s
    #[arg(long, value_name = "TIME", value_parser = parse_milliseconds)]
    pub(crate) latency: Option<u64>,

    /// The same, as a number of milliseconds
    #[arg(long, value_name = "N", conflicts_with = "latency")]
    pub(crate) latency_ms: Option<u64>,

    /// Keep passwords in memory only, as a cheap digest, and write no shadow files
    #[arg(long)]
    pub(crate) no_hashing: bool,

    /// A further name for the certificate; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// What kind of certificate to show
    #[arg(long, value_enum, default_value_t)]
    pub(crate) certificate: Shape,

    /// A rule in JSON, as the control port takes it; may be given again
    #[arg(long, value_name = "JSON")]
    pub(crate) switch: Vec<String>,

    /// End when standard input does
    #[arg(long)]
    pub(crate) until_stdin_closes: bool,
}

impl Args {
    /// The latency asked for in either notation, in milliseconds.
    pub(crate) fn latency(&self) -> Option<u64> {
        self.latency.or(self.latency_ms)
    }
}

fn parse_milliseconds(text: &str) -> Result<u64, String> {
    let span: jiff::SignedDuration = text.parse().map_err(|_| "not a time; write 300ms or 1.5s".to_owned())?;
    u64::try_from(span.as_millis()).map_err(|_| "not a time that can be waited for".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_is_a_number_with_a_unit() {
        assert_eq!(parse_milliseconds("300ms"), Ok(300));
        assert_eq!(parse_milliseconds("1.5s"), Ok(1500));
        assert!(parse_milliseconds("-1s").is_err());
        assert!(parse_milliseconds("soon").is_err());
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Args::command().debug_assert();
    }
}
