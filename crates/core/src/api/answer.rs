//! What a panel said to a call, read from its envelope.

use serde_json::value::RawValue;

/// The panel's verdict: an explicit yes, or an explicit no.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// The envelope says 1, in every place where it says anything.
    Done,
    /// The envelope says 0.
    Refused,
}

/// A usable answer. Whatever is not one is a [`Fault`](super::fault::Fault).
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whether the panel did it.
    pub verdict: Verdict,
    /// The function's own data, as the panel wrote it; `None` for a null, which most functions that change something
    /// answer.
    pub data: Option<Box<RawValue>>,
    /// The panel's reasons when it refused, in its own words: not yet safe to show.
    pub errors: Vec<String>,
    /// What it says besides; messages are not errors.
    pub messages: Vec<String>,
    /// What it warns of.
    pub warnings: Vec<String>,
    /// The API's own envelope as it came, where the call [keeps it](super::call::Call::keeps_envelope): UAPI's flat or nested one, cPanel
    /// API 2's object with `cpanelresult`, WHM API 1's. What carries one API through another is taken off; none where nothing of its own is
    /// left then.
    pub envelope: Option<Box<RawValue>>,
}

impl Answer {
    /// An answer that says nothing but its verdict.
    #[must_use]
    pub const fn bare(verdict: Verdict) -> Self {
        Self { verdict, data: None, errors: Vec::new(), messages: Vec::new(), warnings: Vec::new(), envelope: None }
    }

    /// Whether the panel did it.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.verdict == Verdict::Done
    }
}
