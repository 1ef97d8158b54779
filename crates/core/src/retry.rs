//! Whether to try again, and when: a pure decision from facts.

use std::time::Duration;

use crate::api::Fault;

/// How patient a run is.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// How often a call is tried again after its first try.
    pub retries: u32,
    /// What the first wait is drawn from; it doubles with every try.
    pub base: Duration,
    /// What no drawn wait exceeds.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { retries: 3, base: Duration::from_secs(1), cap: Duration::from_secs(30) }
    }
}

/// What to do after a try that gave no usable answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next {
    /// Try again after this wait.
    Again {
        /// Drawn with full jitter; not less than the panel asked for.
        after: Duration,
    },
    /// The fault stands.
    GiveUp,
}

/// Whether the same call may well work in a moment.
///
/// Setting the same password twice is harmless, so a request that may have been carried out is sent again.
#[must_use]
pub const fn may_pass(fault: &Fault) -> bool {
    match fault {
        Fault::Unreachable { .. }
        | Fault::Busy { .. }
        | Fault::ServerError { .. }
        | Fault::Timeout { .. }
        | Fault::Lost { .. } => true,
        Fault::Unsupported { .. } | Fault::Untrusted { .. } | Fault::Denied { .. } | Fault::Unusable { .. } => false,
    }
}

/// Decides after `tries` tries, the last of which ended with `fault`; `dice` is drawn evenly from 0 to 1.
#[must_use]
pub fn next(policy: &RetryPolicy, tries: u32, fault: &Fault, dice: f64) -> Next {
    if tries > policy.retries || !may_pass(fault) {
        return Next::GiveUp;
    }
    let doubled = policy.base.saturating_mul(1_u32.checked_shl(tries.saturating_sub(1)).unwrap_or(u32::MAX));
    let jittered = doubled.min(policy.cap).mul_f64(dice.clamp(0.0, 1.0));
    let asked = match fault {
        Fault::Busy { retry_after, .. } => retry_after.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    Next::Again { after: jittered.max(asked) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeout() -> Fault {
        Fault::Timeout { after: Duration::from_secs(60) }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let text = || String::from("test");
        let cases = [
            (Fault::Unreachable { detail: text() }, true),
            (Fault::Busy { status: 429, retry_after: None }, true),
            (Fault::Busy { status: 503, retry_after: None }, true),
            (Fault::ServerError { status: 500 }, true),
            (timeout(), true),
            (Fault::Lost { detail: text() }, true),
            (Fault::Unsupported { detail: text() }, false),
            (Fault::Untrusted { detail: text(), remedy: text() }, false),
            (Fault::Denied { detail: text() }, false),
            (Fault::Unusable { detail: text() }, false),
        ];
        for (fault, expected) in cases {
            let again = next(&RetryPolicy::default(), 1, &fault, 0.5) != Next::GiveUp;
            assert_eq!(again, expected, "{fault}");
        }
    }

    #[test]
    fn the_wait_doubles_up_to_the_cap() {
        let policy = RetryPolicy { retries: 99, ..RetryPolicy::default() };
        let waits: Vec<u64> = [1, 2, 3, 6, 50]
            .map(|tries| match next(&policy, tries, &timeout(), 1.0) {
                Next::Again { after } => after.as_secs(),
                Next::GiveUp => 0,
            })
            .to_vec();
        assert_eq!(waits, [1, 2, 4, 30, 30]);
    }

    #[test]
    fn jitter_is_full_and_a_retry_after_is_the_least() {
        assert_eq!(next(&RetryPolicy::default(), 1, &timeout(), 0.0), Next::Again { after: Duration::ZERO });
        let busy = Fault::Busy { status: 429, retry_after: Some(Duration::from_secs(7)) };
        assert_eq!(next(&RetryPolicy::default(), 1, &busy, 0.1), Next::Again { after: Duration::from_secs(7) });
    }

    #[test]
    fn so_many_retries_and_no_more() {
        let policy = RetryPolicy { retries: 2, ..RetryPolicy::default() };
        assert_ne!(next(&policy, 2, &timeout(), 0.5), Next::GiveUp);
        assert_eq!(next(&policy, 3, &timeout(), 0.5), Next::GiveUp);
        assert_eq!(next(&RetryPolicy { retries: 0, ..policy }, 1, &timeout(), 0.5), Next::GiveUp);
    }
}
