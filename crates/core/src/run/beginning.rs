//! How a run begins, as a pure decision: where the first changes are all refused for one reason, the others will be, too.

use crate::outcome::Outcome;
use crate::reason::Reason;

/// So many changes that were sent, all refused for one reason, and it looks systematic.
pub(super) const FIRST: usize = 20;

/// What became of the first changes that were sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Beginning {
    /// So many were refused for one reason, and nothing else came.
    Refused { reason: Option<Reason>, count: usize },
    /// Something else came, too.
    Mixed,
}

impl Default for Beginning {
    fn default() -> Self {
        Self::Refused { reason: None, count: 0 }
    }
}

impl Beginning {
    /// How many more are refused until it looks systematic; none where it cannot any more.
    pub(super) const fn left(self) -> Option<usize> {
        match self {
            Self::Refused { count, .. } => Some(FIRST.saturating_sub(count)),
            Self::Mixed => None,
        }
    }

    /// With one more change that was sent. A row that never reached the panel says nothing.
    #[must_use]
    pub(super) fn with(self, outcome: Outcome, why: Option<Reason>) -> Self {
        match (self, outcome) {
            (_, Outcome::NotTried) => self,
            (Self::Refused { reason, count }, Outcome::Refused) if count == 0 || reason == why => {
                Self::Refused { reason: why, count: count + 1 }
            }
            _ => Self::Mixed,
        }
    }

    /// The reason of all of them, at the change by which it begins to look systematic.
    pub(super) const fn systematic(self) -> Option<Reason> {
        match self {
            Self::Refused { reason, count: FIRST } => reason,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After so many changes refused for a reason, and then this one.
    fn after(count: usize, reason: Reason, last: (Outcome, Option<Reason>)) -> Beginning {
        let first = (0..count).fold(Beginning::default(), |so_far, _| so_far.with(Outcome::Refused, Some(reason)));
        first.with(last.0, last.1)
    }

    #[test]
    fn twenty_of_one_reason_are_systematic_and_the_twentieth_tells() {
        let weak = (Outcome::Refused, Some(Reason::TooWeak));
        assert_eq!(after(18, Reason::TooWeak, weak).systematic(), None);
        assert_eq!(after(19, Reason::TooWeak, weak).systematic(), Some(Reason::TooWeak));
        assert_eq!(after(20, Reason::TooWeak, weak).systematic(), None, "told once");
    }

    #[test]
    fn anything_else_among_them_ends_it() {
        for last in [
            (Outcome::Changed, None),
            (Outcome::Unknown, Some(Reason::Timeout)),
            (Outcome::Refused, Some(Reason::NoSuchMailbox)),
        ] {
            let mixed = after(10, Reason::TooWeak, last);
            let more = (0..30).fold(mixed, |so_far, _| so_far.with(Outcome::Refused, Some(Reason::TooWeak)));
            assert_eq!((more.systematic(), more.left()), (None, None), "{last:?}");
        }
    }

    #[test]
    fn what_never_reached_the_panel_says_nothing() {
        let busy = (Outcome::NotTried, Some(Reason::Busy));
        let weak = |so_far: Beginning| so_far.with(Outcome::Refused, Some(Reason::TooWeak));
        assert_eq!(weak(after(19, Reason::TooWeak, busy)).systematic(), Some(Reason::TooWeak));
    }

    #[test]
    fn so_many_may_still_be_sent_at_once() {
        assert_eq!(Beginning::default().left(), Some(20));
        assert_eq!(after(4, Reason::Rejected, (Outcome::Refused, Some(Reason::Rejected))).left(), Some(15));
    }
}
