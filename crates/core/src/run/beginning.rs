//! How a run begins, as a pure decision: where the first changes are all refused for one reason, the others will be, too.

use crate::outcome::Outcome;
use crate::reason::Reason;

/// So many changes that were sent, all refused for one reason, and it looks systematic.
pub(super) const FIRST: usize = 20;

/// What became of the first changes that were sent.
#[derive(Clone, Debug)]
pub(super) enum Beginning {
    /// So many were refused for one reason, and nothing else came.
    Refused {
        /// Why all of them were.
        why: Option<Why>,
        /// How many.
        count: usize,
    },
    /// Something else came, too.
    Mixed,
}

impl Default for Beginning {
    fn default() -> Self {
        Self::Refused { why: None, count: 0 }
    }
}

/// Why a change was refused, as far as two of them are compared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Why {
    reason: Option<Reason>,
    /// The panel's words, where the reason is the one for all that is not known: that alone says nothing of two refusals.
    words: Option<String>,
}

impl Why {
    /// Takes the panel's words without the row's own target, which is another one in each row.
    pub(super) fn new(reason: Option<Reason>, detail: &str, target: &str) -> Self {
        let words = (reason == Some(Reason::Rejected)).then(|| detail.replace(target, ""));
        Self { reason, words }
    }
}

impl Beginning {
    /// How many more are refused until it looks systematic; none where it cannot any more.
    pub(super) const fn left(&self) -> Option<usize> {
        match self {
            Self::Refused { count, .. } => Some(FIRST.saturating_sub(*count)),
            Self::Mixed => None,
        }
    }

    /// With one more change that was sent. A row that never reached the panel says nothing.
    #[must_use]
    pub(super) fn with(self, outcome: Outcome, last: Why) -> Self {
        match (self, outcome) {
            (so_far, Outcome::NotTried) => so_far,
            (Self::Refused { why, count }, Outcome::Refused) if why.as_ref().is_none_or(|why| *why == last) => {
                Self::Refused { why: Some(last), count: count + 1 }
            }
            _ => Self::Mixed,
        }
    }

    /// The reason of all of them, at the change by which it begins to look systematic.
    pub(super) fn systematic(&self) -> Option<Reason> {
        match self {
            Self::Refused { why: Some(why), count: FIRST } => why.reason,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(reason: Option<Reason>) -> Why {
        Why::new(reason, "No.", "a@example.com")
    }

    /// After so many changes refused for a reason, and then this one.
    fn after(count: usize, reason: Reason, last: (Outcome, Option<Reason>)) -> Beginning {
        let first = (0..count).fold(Beginning::default(), |so_far, _| so_far.with(Outcome::Refused, why(Some(reason))));
        first.with(last.0, why(last.1))
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
            let more = (0..30).fold(mixed, |so_far, _| so_far.with(Outcome::Refused, why(Some(Reason::TooWeak))));
            assert_eq!((more.systematic(), more.left()), (None, None), "{last:?}");
        }
    }

    /// POL-02: what the panel refuses in words that nobody knows is for one reason only where the words are the same.
    #[test]
    fn refusals_for_no_known_reason_are_compared_by_their_words() {
        let after = |reason: Reason, words: fn(usize) -> String| {
            let why = |n: usize| Why::new(Some(reason), &words(n), &format!("user{n}@example.com"));
            let all = (0..FIRST).fold(Beginning::default(), |so_far, n| so_far.with(Outcome::Refused, why(n)));
            all.systematic()
        };
        let of_the_row = |n| format!("user{n}@example.com: the disk is full");
        let unrelated = |n| if n == 7 { "the disk is full".to_owned() } else { "no such thing".to_owned() };
        assert_eq!(after(Reason::Rejected, of_the_row), Some(Reason::Rejected));
        assert_eq!(after(Reason::Rejected, unrelated), None);
        assert_eq!(after(Reason::TooWeak, unrelated), Some(Reason::TooWeak));
    }

    #[test]
    fn what_never_reached_the_panel_says_nothing() {
        let busy = (Outcome::NotTried, Some(Reason::Busy));
        let weak = |so_far: Beginning| so_far.with(Outcome::Refused, why(Some(Reason::TooWeak)));
        assert_eq!(weak(after(19, Reason::TooWeak, busy)).systematic(), Some(Reason::TooWeak));
    }

    #[test]
    fn so_many_may_still_be_sent_at_once() {
        assert_eq!(Beginning::default().left(), Some(20));
        assert_eq!(after(4, Reason::Rejected, (Outcome::Refused, Some(Reason::Rejected))).left(), Some(15));
    }
}
