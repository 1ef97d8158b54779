//! What is kept of a run, and why it is done.

use clap::Args;

use crate::recording::Why;

/// Why it is done.
#[derive(Args, Debug)]
#[command(next_help_heading = "Journal")]
pub(crate) struct WhyArgs {
    /// Why this is done, for the journal and whoever audits it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Where it was asked for, for the journal: the number of a ticket
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,
}

/// What is kept of a run.
#[derive(Args, Debug)]
#[command(next_help_heading = "Journal")]
pub(crate) struct RecordArgs {
    /// Keep no journal, and write nothing where runs are kept: a run that is cut off can then not be resumed, nobody can tell what it did, and
    /// nothing keeps a second run on the same list away
    #[arg(long)]
    pub(crate) no_journal: bool,
}

impl WhyArgs {
    /// Why it is done.
    pub(crate) fn why(&self) -> Why {
        Why { reason: self.reason.clone(), ticket: self.ticket.clone() }
    }
}
