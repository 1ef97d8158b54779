//! How a list is verified that changes nothing.

use clap::{Args, ValueEnum};
use cprekey_core::mail::MailServer;

use super::files::FileArgs;

/// Who is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ProofChoice {
    /// the panel
    All,
    /// the mail server, by one real login over IMAPS for each mailbox; neither panel nor token are needed
    Imap,
}

/// How a list is verified that changes nothing.
#[derive(Args, Debug)]
#[command(next_help_heading = "Run")]
pub(crate) struct ProofArgs {
    /// Who is asked whether the mailbox has the password of the list
    #[arg(long, value_name = "HOW", value_enum, default_value_t = ProofChoice::All)]
    pub(crate) verify: ProofChoice,

    /// The mail server that --verify imap logs in to [default: each mailbox's own domain; port 993]
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(crate) imap_host: Option<MailServer>,

    /// Go on where the first 20 mailboxes all have another password, which ends it otherwise
    #[arg(long)]
    pub(crate) keep_going: bool,

    #[command(flatten)]
    pub(crate) files: FileArgs,
}
