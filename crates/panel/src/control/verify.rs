//! Says which passwords fit, without leaving a trace in counters or logs.

use serde::{Deserialize, Serialize};

use crate::panel::Panel;
use crate::state::StoreError;

/// One question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    address: String,
    password: String,
}

/// One answer.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    /// Whether the password is the mailbox's; no password is that of a mailbox which is not there.
    valid: bool,
    /// How often the mailbox was changed since the start, or since the counters were reset.
    changes: usize,
}

/// One question, or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Questions {
    /// Answered by one verdict.
    One(Question),
    /// Answered by a list of as many.
    Many(Vec<Question>),
}

/// One verdict, or several.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Verdicts {
    /// To one question.
    One(Verdict),
    /// To a list of them, in its order.
    Many(Vec<Verdict>),
}

impl Questions {
    /// Answers.
    ///
    /// # Errors
    ///
    /// When a stored password cannot be read.
    pub(super) fn answer(&self, panel: &Panel) -> Result<Verdicts, StoreError> {
        match self {
            Self::One(question) => question.answer(panel).map(Verdicts::One),
            Self::Many(questions) => {
                questions.iter().map(|question| question.answer(panel)).collect::<Result<_, _>>().map(Verdicts::Many)
            }
        }
    }
}

impl Question {
    fn answer(&self, panel: &Panel) -> Result<Verdict, StoreError> {
        let changes = panel.journal.changes_of(&self.address);
        let Some((account, mailbox)) = panel.hosting.mailbox(&self.address) else {
            return Ok(Verdict { valid: false, changes });
        };
        let valid = panel.passwords.verify(account, mailbox, self.password.as_bytes())?;
        Ok(Verdict { valid, changes })
    }
}
