//! How a run is to go.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::rc::Rc;

use jiff::Timestamp;

use super::stop::MaxFailures;
use crate::mail::Mail;

/// Which rows are verified, and how: by asking the panel whether the mailbox has the new password (`Email::verify_password`), or by a login.
#[derive(Clone, Debug, Default)]
pub enum Verify {
    /// None.
    None,
    /// Those of which nobody knows whether they were changed.
    #[default]
    Unknown,
    /// Every row that was sent.
    All,
    /// Every row that was sent: changed mailboxes by one real login each, the others by the panel, and by a login where that cannot say.
    Login(Rc<dyn Mail>),
}

/// How a run is to go.
#[derive(Clone, Debug)]
pub struct RunSettings {
    /// The run's id.
    pub id: String,
    /// How many rows are under way at once.
    pub jobs: NonZeroUsize,
    /// Which rows are verified.
    pub verify: Verify,
    /// How many changes go together in one request at most, where calls act for many accounts over HTTPS; 1 is each by itself.
    pub batch: NonZeroUsize,
    /// Whether the database password of an account changes with the account's own.
    pub update_db_password: bool,
    /// After how many failures no further row is taken.
    pub max_failures: Option<MaxFailures>,
    /// Whether it goes on where the first changes are all refused for one reason.
    pub keep_going: bool,
    /// Entries, by their index, that an earlier session of the run may have changed without learning it: each is verified first, where that can
    /// be, and else changed once more.
    pub doubtful: BTreeSet<usize>,
    /// The clock that reports are dated by.
    pub now: fn() -> Timestamp,
}
