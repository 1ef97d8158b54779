//! The command line, as typed.

use std::ffi::OsString;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};
use clap_complete::Shell;
use cprekey_frontend::connection::{ConnectionArgs, FaceChoice};
use cprekey_frontend::profile::{self, ParseEnd};

use crate::answer::OutputChoice;
use crate::exit;
use crate::grammar::ApiChoice;

/// The program's own name.
pub(crate) const NAME: &str = "cprekey-cpapi2";

const ABOUT: &str = "Makes one call of cPanel's API, typed as for cpapi2, uapi and whmapi1";

const LONG_ABOUT: &str = "Makes one call of cPanel's API, typed as cPanel's own pages print it for cpapi2, uapi and whmapi1: on the server itself, or over HTTPS with an API token.\n\n\
    Called through a link named cpapi2, uapi or whmapi1 it is that program, and works on the server itself unless --host says otherwise. Keys and values are URI-decoded: + is a space, %41 is A.\n\n\
    cprekey is not affiliated with, endorsed by or supported by cPanel, L.L.C.";

const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), "\nUnofficial: not affiliated with, endorsed by or supported by cPanel, L.L.C.");

const USAGE: &str = "cprekey-cpapi2 [OPTIONS] Module function [key=value]...\n       \
    cprekey-cpapi2 --api=whmapi1 [OPTIONS] function [key=value]...";

const EXAMPLES: &str = "Examples:
  cprekey-cpapi2 --host cp.example.net --user=shop Passwd change_password user=shop oldpass=@old newpass=@new
  cprekey-cpapi2 --api=uapi --host cp.example.net --user=shop Email passwd_pop email=anna%40example.com password=@-
  cprekey-cpapi2 --api=uapi --host cp.example.net:2087 --user=shop --output=json Email list_pops
  cprekey-cpapi2 --api=whmapi1 --host cp.example.net passwd user=shop password=@env:NEW db_pass_update=0
  cprekey-cpapi2 --api=uapi --local --user=shop --explain Email passwd_pop email=anna@example.com password=@new";

/// What means something else in a profile than typed to this program: there, `user` is whose token it is, and `output` and `retries` are
/// those of whole lists.
const ELSEWHERE: [(&str, Option<&str>); 3] = [("user", Some("token-user")), ("output", None), ("retries", None)];

/// Makes one call of cPanel's API.
#[derive(Debug, Parser)]
#[command(name = NAME, version = VERSION, about = ABOUT, long_about = LONG_ABOUT, override_usage = USAGE, args_override_self = true)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// The module (not for whmapi1), the function, and key=value as often as needed. Other ways to give a value, so that others cannot read
    /// it: key=@FILE (its content, but for one newline at the end), key=@- (a line of standard input), key=@env:NAME. A value that begins
    /// with @ is written %40
    #[arg(value_name = "CALL")]
    pub(crate) words: Vec<OsString>,
    #[command(flatten)]
    pub(crate) call: CallArgs,
    #[command(flatten)]
    pub(crate) who: WhoArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    #[command(flatten)]
    pub(crate) pages: PageArgs,
}

/// Where arguments come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum InputChoice {
    /// the words of the command line
    KeyValue,
    /// one JSON object on standard input, where nothing is decoded: a list gives its key once for each of its values, a null leaves its key out
    Json,
}

/// What is called, and how its answer is shown.
#[derive(Args, Debug)]
#[command(next_help_heading = "Call")]
pub(crate) struct CallArgs {
    /// Whose line it is [default: the program that it is called as, else cpapi2]
    #[arg(long, value_name = "PROGRAM", value_enum)]
    pub(crate) api: Option<ApiChoice>,

    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputChoice::Yaml)]
    pub(crate) output: OutputChoice,

    /// Where the arguments are
    #[arg(long, value_name = "FORM", value_enum, default_value_t = InputChoice::KeyValue)]
    pub(crate) input: InputChoice,

    /// Show what would be sent and how, without secrets; send nothing, and ask for no token
    #[arg(long)]
    pub(crate) explain: bool,

    /// How often the call is made again after a passing fault, also where it may have been done; then not where it names an old password
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) retries: u32,

    /// Show errors only, no warnings
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,

    /// Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it, and its user is --token-user
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
}

/// Who calls, and for whom.
#[derive(Args, Debug)]
#[command(next_help_heading = "Panel")]
pub(crate) struct WhoArgs {
    /// The account that the call is for; for whmapi1 the reseller who calls
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,

    /// Whose token it is [default: the --user, or root with --as whm]
    #[arg(long, value_name = "NAME", conflicts_with = "local")]
    pub(crate) token_user: Option<String>,
}

/// What the program tells of itself.
#[derive(Args, Debug)]
pub(crate) struct PageArgs {
    /// Print the manual page
    #[arg(long, exclusive = true)]
    pub(crate) man: bool,

    /// Print a completion script for a shell
    #[arg(long, value_name = "SHELL", exclusive = true)]
    pub(crate) completions: Option<Shell>,
}

/// The whole command line, with the table of exit codes in its help.
pub(crate) fn command() -> clap::Command {
    Cli::command().after_help(format!("{EXAMPLES}\n\n{}", exit::table()))
}

/// Parses what was typed, with its profile, and settles what follows from the name that the program is called through.
pub(crate) fn parse(typed: &[OsString]) -> Result<Cli, ParseEnd> {
    let matches = profile::parse_single(&command(), typed, &ELSEWHERE)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    let native = ApiChoice::native(typed.first().map(OsString::as_os_str));
    let connection = &mut cli.connection;
    let speaks_of_https = ConnectionArgs::speaks_of_https(&matches) || cli.who.token_user.is_some();
    connection.local |= native.is_some() && !speaks_of_https;
    cli.call.api = cli.call.api.or(native);
    if cli.call.api == Some(ApiChoice::Whmapi1) {
        // WHM API 1 is nowhere else, and a reseller has to say so on the server.
        connection.face.get_or_insert(FaceChoice::Whm);
    }
    Ok(cli)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Cli {
        parse(&line.split(' ').map(OsString::from).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn options_stand_anywhere_with_a_blank_or_without() {
        for line in [
            "cprekey-cpapi2 --user=shop --output=json Email list_pops a=b",
            "cprekey-cpapi2 --user shop Email list_pops --output json a=b",
            "cprekey-cpapi2 Email --user=shop --output=json list_pops a=b",
        ] {
            let cli = parsed(line);
            assert_eq!(cli.who.user.as_deref(), Some("shop"));
            assert_eq!(
                (cli.call.output, cli.words),
                (OutputChoice::Json, vec!["Email".into(), "list_pops".into(), "a=b".into()])
            );
        }
    }

    #[test]
    fn a_native_name_is_this_server_unless_something_speaks_of_another() {
        for (line, api, local) in [
            ("/usr/bin/uapi Email list_pops", Some(ApiChoice::Uapi), true),
            ("whmapi1 --bin-dir /opt listaccts", Some(ApiChoice::Whmapi1), true),
            ("cpapi2 --local Email list_pops", Some(ApiChoice::Cpapi2), true),
            ("uapi --host cp Email list_pops", Some(ApiChoice::Uapi), false),
            ("uapi --token-file t Email list_pops", Some(ApiChoice::Uapi), false),
            ("uapi --token-user x Email list_pops", Some(ApiChoice::Uapi), false),
            ("uapi --connect-timeout 5 Email list_pops", Some(ApiChoice::Uapi), false),
            ("uapi --insecure Email list_pops", Some(ApiChoice::Uapi), false),
            ("uapi --timeout 5 Email list_pops", Some(ApiChoice::Uapi), true),
            ("uapi --api=cpapi2 Email list_pops", Some(ApiChoice::Cpapi2), true),
            ("cprekey-cpapi2 Email list_pops", None, false),
        ] {
            let cli = parsed(line);
            assert_eq!((cli.call.api, cli.connection.local), (api, local), "{line}");
        }
    }

    #[test]
    fn whm_api_1_is_called_at_the_whm_face() {
        assert_eq!(parsed("cprekey-cpapi2 --api=whmapi1 --host cp passwd").connection.face, Some(FaceChoice::Whm));
        assert_eq!(parsed("whmapi1 --as cpanel --host cp passwd").connection.face, Some(FaceChoice::Cpanel));
        assert_eq!(parsed("uapi --host cp Email list_pops").connection.face, None);
    }
}
