//! How a list is verified that changes nothing.

use clap::{Args, ValueEnum};
use cprekey_core::mail::MailServer;
use cprekey_frontend::failure::Failure;

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

    /// Go on where the first 20 mailboxes all have another password, which ends it otherwise; not with --verify imap
    #[arg(long)]
    pub(crate) keep_going: bool,

    #[command(flatten)]
    pub(crate) files: FileArgs,
}

impl ProofArgs {
    /// Whether a mail server is named that no login goes to.
    pub(crate) fn names_a_mail_server_in_vain(&self) -> bool {
        self.imap_host.is_some() && self.verify != ProofChoice::Imap
    }

    /// Refuses to go on with logins that are refused: a mail server may answer with a block, by which every further password looks wrong.
    ///
    /// # Errors
    ///
    /// Where `--keep-going` stands beside `--verify imap`.
    pub(crate) fn refuse_to_keep_logging_in(&self) -> Result<(), Failure> {
        if self.verify == ProofChoice::Imap && self.keep_going {
            let what = "--keep-going is not for --verify imap: after 5 refused logins in a row no more are tried, because a mail server may block whoever goes on";
            return Err(Failure::bad_input(what).with_remedy("leave it away, or let the panel be asked (--verify all)"));
        }
        Ok(())
    }
}
