//! When a run stops, and how it is proved.

use std::num::NonZeroUsize;
use std::rc::Rc;

use clap::{Args, ValueEnum};
use cprekey_core::api::Scope;
use cprekey_core::mail::MailServer;
use cprekey_core::run::{MaxFailures, Verify};
use cprekey_frontend::connection::{Connection, ConnectionArgs};
use cprekey_frontend::failure::Failure;

use super::files::FileArgs;

/// Which rows are settled by a verification.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum VerifyChoice {
    /// verify nothing
    None,
    /// those of which nobody knows whether they were changed
    Unknown,
    /// every row that was sent; a wrong guess may count as a failed login
    All,
    /// every row that was sent, by one real login with the new password over IMAPS, a second after its change
    Imap,
}

/// Changes in one request, unless told otherwise. Measured with a panel that takes 150 ms for a request and 20 ms for each change in it, 1,000
/// changes took 38.6 s one by one, 9.7 s by tens, 7.6 s by 25, 6.9 s by 50 and 6.7 s by hundreds: from here on more of them save little, and
/// cost more where an answer is lost.
const TOGETHER: NonZeroUsize = NonZeroUsize::MIN.saturating_add(24);

/// When a run stops, how it is proved, and what it writes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Run")]
pub(crate) struct RunArgs {
    /// Do not ask before the first change
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,

    /// Send nothing where the plan has more changes than this
    #[arg(long, value_name = "N")]
    pub(crate) max_changes: Option<usize>,

    /// Take no further row when so many are refused or unknown
    #[arg(long, value_name = "N[%]")]
    pub(crate) max_failures: Option<MaxFailures>,

    /// Go on where the first 20 changes are all refused for the same reason, which ends the run otherwise
    #[arg(long)]
    pub(crate) keep_going: bool,

    /// Changes in one request at most, with --as whm; 1 sends each by itself
    #[arg(long, value_name = "N", value_parser = batch)]
    pub(crate) batch: Option<NonZeroUsize>,

    /// Change an account's database password with its own
    #[arg(long)]
    pub(crate) update_db_password: bool,

    /// Which rows are settled by asking the panel whether the mailbox has the new password, or by logging in to it
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = VerifyChoice::Unknown)]
    pub(crate) verify: VerifyChoice,

    /// The mail server that --verify imap logs in to [default: each mailbox's own domain; port 993]
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(crate) imap_host: Option<MailServer>,

    #[command(flatten)]
    pub(crate) files: FileArgs,
}

impl RunArgs {
    /// How many changes go together in one request.
    ///
    /// # Errors
    ///
    /// Where the user says so of a connection that has no such requests.
    pub(crate) fn batch(&self, connection: &Connection) -> Result<NonZeroUsize, Failure> {
        match (connection.scope, connection.is_remote()) {
            (Scope::Server, true) => Ok(self.batch.unwrap_or(TOGETHER)),
            _ if self.batch.is_some_and(|batch| batch > NonZeroUsize::MIN) => {
                let remedy = if connection.is_remote() { "leave it away, or give --as whm" } else { "leave it away" };
                Err(Failure::bad_input("--batch is for WHM over HTTPS, and this goes another way").with_remedy(remedy))
            }
            _ => Ok(NonZeroUsize::MIN),
        }
    }

    /// Whether a mail server is named that no login goes to.
    pub(crate) fn names_a_mail_server_in_vain(&self) -> bool {
        self.imap_host.is_some() && self.verify != VerifyChoice::Imap
    }

    /// Which rows are verified, and how.
    ///
    /// # Errors
    ///
    /// Where what mail servers are to be trusted by cannot be had.
    pub(crate) fn verify(&self, connection: &ConnectionArgs) -> Result<Verify, Failure> {
        Ok(match self.verify {
            VerifyChoice::None => Verify::None,
            VerifyChoice::Unknown => Verify::Unknown,
            VerifyChoice::All => Verify::All,
            VerifyChoice::Imap => Verify::Login(Rc::new(connection.mail(self.imap_host.clone())?)),
        })
    }
}

/// The most changes in one request: each is some hundred bytes, and one answer has to hold what became of all.
const MOST_TOGETHER: usize = 1_000;

fn batch(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|batch: &NonZeroUsize| batch.get() <= MOST_TOGETHER)
        .ok_or(format!("a number from 1 to {MOST_TOGETHER}"))
}
