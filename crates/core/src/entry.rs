//! What each row of the list that is not empty was understood to be.

use crate::account::AccountName;
use crate::change::Passwords;
use crate::line::Line;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::target::Target;

/// One row of the list that is not empty, in list order.
#[derive(Debug)]
pub struct Entry {
    /// The row number that the user sees.
    pub row: u32,
    /// What gets the password, where the row's address or name could be understood.
    pub target: Option<Target>,
    /// The cPanel account that a mailbox's row names as the one to act for; where it names none, the panel is asked. An account is
    /// acted for itself, so that its entry has none here.
    pub account: Option<AccountName>,
    /// What is to be done with it.
    pub task: Task,
}

/// What is to be done with a row.
#[derive(Debug)]
pub enum Task {
    /// Give the target this password.
    Change(Passwords),
    /// The same target and password as an earlier entry (its index in the list of entries): sent once, reported twice.
    Repeat {
        /// The index of the entry that is sent; it always comes earlier and is a [`Task::Change`].
        first: usize,
    },
    /// The row never was a change, for these reasons (at least one).
    Invalid(Vec<Problem>),
    /// The user's own filters left it out.
    Skipped(Reason),
    /// An earlier session of the run has settled it so, and it is left alone.
    Settled(Box<Line>),
}
