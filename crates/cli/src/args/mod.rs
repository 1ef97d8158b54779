//! What was typed.

mod change;
mod files;
mod list;
mod output;
mod proof;
mod record;
mod resume;
mod run;
mod runs;
mod who;

use std::ffi::OsString;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use cprekey_frontend::connection::{ConnectionArgs, PaceArgs};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::profile::{self, ParseEnd, Parsed};
use cprekey_frontend::typed;

pub(crate) use change::ChangeArgs;
pub(crate) use files::FileArgs;
pub(crate) use list::ListArgs;
pub(crate) use output::{ColorChoice, OutputArgs, OutputFormat, VolumeArgs};
pub(crate) use proof::{ProofArgs, ProofChoice};
pub(crate) use record::RecordArgs;
pub(crate) use resume::ResumeArgs;
pub(crate) use run::RunArgs;
pub(crate) use runs::{ReportArgs, RunsArgs, RunsCommand};
pub(crate) use who::WhoArgs;

const ABOUT: &str = "Gives a whole list of cPanel mailboxes or accounts their new passwords";

const LONG_ABOUT: &str = "Gives a whole list of cPanel mailboxes or accounts their new passwords, from an Excel or CSV list, over HTTPS with an API token, or on the server itself.\n\n\
    cprekey is not affiliated with, endorsed by or supported by cPanel, L.L.C.";

const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), "\nUnofficial: not affiliated with, endorsed by or supported by cPanel, L.L.C.");

const CHECK_EXAMPLES: &str = "Examples:
  cprekey check list.xlsx
  cprekey check list.xlsx --sheet Staff --columns email=B,password=D
  cprekey check users.csv --domain example.com";

const PLAN_EXAMPLES: &str = "Examples:
  cprekey plan list.xlsx --host cp.example.net --user shop --token-file ~/.shop-token
  cprekey plan list.csv --profile work --include '*@example.com'
  cprekey plan list.csv --host cp.example.net:2087 --user root --token-file ~/.whm-token
  cprekey plan list.csv --local";

const APPLY_EXAMPLES: &str = "Examples:
  cprekey apply list.xlsx --host cp.example.net --user shop --token-file ~/.shop-token --report report.xlsx
  cprekey apply list.csv --profile work --yes --report report.csv --failed again.csv
  cprekey apply list.csv --profile work --limit 1 --verify all
  cprekey apply list.csv --profile work --verify imap --imap-host mail.example.net --jobs 16
  cprekey apply list.csv --host cp.example.net --as whm --user root --token-file ~/.whm-token --yes
  cprekey apply list.csv --local --yes --report report.csv
  export-list | cprekey apply - --profile work --yes --output json";

const RESUME_EXAMPLES: &str = "Examples:
  cprekey resume last
  cprekey resume 20261122T0800 --yes --report report.xlsx
  cprekey resume last moved/list.xlsx --failed-too
  cprekey resume last --token-file ~/.new-token --ticket HD-1234

The options that the run was begun with stand in its journal and hold again; what is typed here wins over them, but for --report, which is one more.
--yes, --token-command, --reason and --ticket are not kept. The list has to be the same, row by row.";

const RUNS_EXAMPLES: &str = "Examples:
  cprekey runs
  cprekey runs --output json
  cprekey runs show last
  cprekey runs audit 20261122T0800
  cprekey runs remove 20251122T080000123Z-9f3c";

const REPORT_EXAMPLES: &str = "Examples:
  cprekey report last --report report.xlsx
  cprekey report 20261122T0800 --report report.csv --report report.ndjson";

const VERIFY_EXAMPLES: &str = "A wrong password may count as a failed login where it is asked about: at the panel, or at the mail server. So the panel is asked no more \
    where the first 20 rows are all wrong (see --keep-going), and after 5 refused logins in a row no more are tried.

Examples:
  cprekey verify list.xlsx --host cp.example.net --user shop --token-file ~/.shop-token
  cprekey verify list.csv --profile work --report report.csv --failed others.csv
  cprekey verify list.csv --verify imap --imap-host mail.example.net";

/// Gives a whole list of cPanel mailboxes their new passwords.
#[derive(Debug, Parser)]
#[command(name = "cprekey", version = VERSION, about = ABOUT, long_about = LONG_ABOUT, args_override_self = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read the list and name every problem with its place; touches no network
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Ask the panel too: what would change, what cannot, and why; changes nothing
    #[command(after_help = PLAN_EXAMPLES)]
    Plan(Box<PlanArgs>),
    /// Plan, show the counts, ask (or --yes), do it, and report
    #[command(after_help = APPLY_EXAMPLES)]
    Apply(Box<ApplyArgs>),
    /// Ask whether every mailbox has the password of the list; changes nothing
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Box<VerifyArgs>),
    /// Go on with a run that was cut off, or that left rows: exactly with those
    #[command(after_help = RESUME_EXAMPLES)]
    Resume(Box<ResumeArgs>),
    /// List the runs that are kept, newest first; show, audit or remove one
    #[command(after_help = RUNS_EXAMPLES)]
    Runs(RunsArgs),
    /// Write reports of a run anew, from its journal alone
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell it is for
        shell: Shell,
    },
    /// Print the manual page of the program, or of one of its commands
    Man {
        /// The command: check, plan, apply, verify, resume, runs, report, completions or man
        command: Option<String>,
    },
}

/// The options of `check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The options of `plan`.
#[derive(Args, Debug)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Go on without the rows that are wrong
    #[arg(long, help_heading = "List")]
    pub(crate) skip_invalid: bool,
    #[command(flatten)]
    pub(crate) who: WhoArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) volume: VolumeArgs,
}

/// The options of `apply`.
#[derive(Args, Debug)]
pub(crate) struct ApplyArgs {
    /// The list: .xlsx, .xls, .xlsb, .ods or CSV, told by its content; - reads CSV from standard input
    #[arg(value_name = "LIST")]
    pub(crate) list: OsString,
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
    /// What was typed, as it would be typed again, for the journal.
    #[arg(skip)]
    pub(crate) words: Vec<String>,
}

/// The options of `verify`.
#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// Go on without the rows that are wrong
    #[arg(long, help_heading = "List")]
    pub(crate) skip_invalid: bool,
    #[command(flatten)]
    pub(crate) who: WhoArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    #[command(flatten)]
    pub(crate) proof: ProofArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) volume: VolumeArgs,
}

/// What the journal keeps apart, may be a secret, or is asked anew.
const NOT_KEPT: [&str; 4] = ["reason", "ticket", "token-command", "yes"];

/// The whole command line, with the table of exit codes in its help.
pub(crate) fn command() -> clap::Command {
    let codes = Exit::ALL.map(|exit| format!("  {:>3}  {}", exit.code(), exit.meaning()));
    Cli::command().after_help(format!("Exit codes:\n{}", codes.join("\n")))
}

/// Parses what was typed, with its profile.
pub(crate) fn parse(words: &[OsString]) -> Result<Command, ParseEnd> {
    let command = command();
    let Parsed { words, matches } = profile::parse(&command, words)?;
    let mut parsed = Cli::from_arg_matches(&matches)?.command;
    let kept = || {
        let (name, chosen) = matches.subcommand()?;
        command.find_subcommand(name).map(|one| typed::words(one, chosen, &NOT_KEPT))
    };
    match &mut parsed {
        Command::Apply(apply) => apply.words = kept().unwrap_or_default(),
        Command::Resume(resume) => (resume.words, resume.typed) = (kept().unwrap_or_default(), words),
        _ => {}
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
