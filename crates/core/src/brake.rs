//! What ends a run early: the user, the panel, or a stop rule. Pulled once or more, never let go.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::reason::Reason;

/// Why a run takes no further rows. Of several causes the later in this list counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The panel cannot be reached any more.
    Unreachable,
    /// The panel is reached, and gives no usable answer any more.
    NoAnswer,
    /// The panel's certificate is not trusted.
    Untrusted,
    /// The journal cannot be written.
    Unrecorded,
    /// A stop rule: too many changes, or too many failures.
    StopRule,
    /// The user interrupted it.
    Interrupted,
    /// The panel did not accept the credential.
    AccessDenied,
}

impl Cause {
    /// Whether what is under way may still be finished by a further request.
    const fn lets_finish(self) -> bool {
        matches!(self, Self::StopRule | Self::Interrupted)
    }

    /// The reason of the rows that were not tried for it.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Unreachable => Reason::Unreachable,
            Self::NoAnswer => Reason::NoAnswer,
            Self::Untrusted => Reason::Untrusted,
            Self::Unrecorded => Reason::Unrecorded,
            Self::StopRule => Reason::Stopped,
            Self::Interrupted => Reason::Interrupted,
            Self::AccessDenied => Reason::AccessDenied,
        }
    }
}

#[derive(Clone, Copy, Default)]
struct State {
    cause: Option<Cause>,
    /// Whether not even what is under way may be finished by a further request.
    is_shut: bool,
    leave_now: bool,
}

/// The handle by which a run is ended; clones pull the same brake.
#[derive(Clone)]
pub struct Brake(Arc<watch::Sender<State>>);

impl Default for Brake {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(State::default())))
    }
}

impl Brake {
    /// Takes no further rows, and finishes what is under way.
    pub fn pull(&self, cause: Cause) {
        self.0.send_modify(|state| {
            state.cause = state.cause.max(Some(cause));
            state.is_shut |= !cause.lets_finish();
        });
    }

    /// Leaves at once: what is under way stays unsettled.
    pub fn leave_now(&self) {
        self.0.send_modify(|state| {
            state.cause = state.cause.max(Some(Cause::Interrupted));
            state.leave_now = true;
        });
    }

    /// Why the run ends, if it does.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.0.borrow().cause
    }

    /// Waits until the brake is pulled.
    pub async fn pulled(&self) {
        self.wait_for(|state| state.cause.is_some()).await;
    }

    /// Waits until the user interrupts.
    pub async fn interrupted(&self) {
        self.wait_for(|state| state.cause == Some(Cause::Interrupted)).await;
    }

    /// Waits until not even what is under way may be finished.
    pub async fn shut(&self) {
        self.wait_for(|state| state.leave_now || state.is_shut).await;
    }

    /// Waits until there is no time left for what is under way.
    pub async fn leaving(&self) {
        self.wait_for(|state| state.leave_now).await;
    }

    async fn wait_for(&self, reached: fn(&State) -> bool) {
        let mut states = self.0.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _closed = states.wait_for(reached).await;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn the_worse_cause_counts_whichever_came_first() {
        for causes in [[Cause::AccessDenied, Cause::StopRule], [Cause::StopRule, Cause::AccessDenied]] {
            let brake = Brake::default();
            for cause in causes {
                brake.pull(cause);
            }
            assert_eq!(brake.cause(), Some(Cause::AccessDenied));
            brake.pulled().await;
        }
    }

    #[tokio::test]
    async fn what_is_under_way_may_be_finished_unless_the_panel_or_the_user_forbids_it() {
        for (cause, shut) in [
            (Cause::Interrupted, false),
            (Cause::StopRule, false),
            (Cause::Unreachable, true),
            (Cause::NoAnswer, true),
            (Cause::Untrusted, true),
            (Cause::Unrecorded, true),
            (Cause::AccessDenied, true),
        ] {
            let brake = Brake::default();
            brake.pull(cause);
            assert_eq!(brake.shut().now_or_never().is_some(), shut, "{cause:?}");
        }
    }

    /// A stop rule that is reached, or a user who interrupts, after the panel has shown another certificate lets nothing more be sent to it.
    #[tokio::test]
    async fn what_must_not_be_finished_is_not_whatever_comes_later() {
        for later in [Cause::StopRule, Cause::Interrupted] {
            for first in [Cause::Unreachable, Cause::NoAnswer, Cause::Untrusted, Cause::Unrecorded] {
                let brake = Brake::default();
                brake.pull(first);
                brake.pull(later);
                assert_eq!(brake.cause(), Some(later));
                assert!(brake.shut().now_or_never().is_some(), "{first:?}, then {later:?}");
            }
        }
    }

    #[tokio::test]
    async fn leaving_now_is_an_interruption_for_every_clone() {
        let brake = Brake::default();
        brake.clone().leave_now();
        brake.leaving().await;
        brake.interrupted().await;
        assert_eq!(brake.cause(), Some(Cause::Interrupted));
    }
}
