//! What is kept of a run, and why it is done.

use clap::Args;

use crate::recording::Why;

/// What is kept of a run, and why it is done.
#[derive(Args, Debug)]
#[command(next_help_heading = "Journal")]
pub(crate) struct RecordArgs {
    /// Why this is done, for the journal and whoever audits it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Where it was asked for, for the journal: the number of a ticket
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,

    /// Keep no journal: a run that is cut off can then not be resumed, and nobody can tell what it did
    #[arg(long)]
    pub(crate) no_journal: bool,
}

impl RecordArgs {
    /// Why it is done.
    pub(crate) fn why(&self) -> Why {
        Why { reason: self.reason.clone(), ticket: self.ticket.clone() }
    }
}
