//! What came of a call, all its tries together.

use tokio::time::Instant;

use crate::api::{Answer, Fault};

/// What came of a call, all its tries together.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What the last try gave; none where none was made, or it was cut off.
    pub last: Option<Result<Answer, Fault>>,
    /// How many tries were made.
    pub tries: u32,
    /// When the first of them began.
    pub began: Option<Instant>,
    /// When the last of them ended.
    pub ended: Option<Instant>,
    /// The fault of the last try that may have done what the call asks without saying so.
    pub doubt: Option<Fault>,
    /// Whether the run left while a try was under way.
    pub left: bool,
}

impl Reply {
    pub(super) fn add(&mut self, result: Option<Result<Answer, Fault>>) {
        self.tries += 1;
        self.ended = Some(Instant::now());
        self.left = result.is_none();
        if let Some(Err(fault)) = &result
            && fault.may_have_acted()
        {
            self.doubt = Some(fault.clone());
        }
        self.last = result;
    }

    /// The same effort, with something else said in the end.
    #[must_use]
    pub fn alike(&self, last: Result<Answer, Fault>) -> Self {
        let doubt = last.as_ref().err().filter(|fault| fault.may_have_acted()).cloned();
        Self {
            tries: self.tries,
            began: self.began,
            ended: self.ended,
            doubt: doubt.or_else(|| self.doubt.clone()),
            left: false,
            last: Some(last),
        }
    }

    /// What came of it together with what was tried before for the same end.
    #[must_use]
    pub fn after(self, before: Self) -> Self {
        Self {
            last: self.last.or(before.last),
            tries: before.tries + self.tries,
            began: before.began.or(self.began),
            ended: self.ended.or(before.ended),
            doubt: self.doubt.or(before.doubt),
            left: self.left,
        }
    }

    /// The same, its answer looked at once more.
    #[must_use]
    pub fn checked(self, check: impl FnOnce(Answer) -> Result<Answer, Fault>) -> Self {
        match self.last {
            Some(Ok(answer)) => {
                let checked = check(answer);
                Self { last: None, ..self }.alike(checked)
            }
            _ => self,
        }
    }
}
