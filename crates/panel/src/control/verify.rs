//! Says which passwords fit, without leaving a trace in counters or logs.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::journal::count_by_address;
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
    /// Whether the password is the mailbox's or account's; no password is that of one which is not there.
    valid: bool,
    /// How often it was changed since the start, or since the counters were reset.
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
        let changes = panel.journal.changes();
        let counts = count_by_address(&changes);
        let answer = |question: &Question| question.answer(panel, &counts);
        match self {
            Self::One(question) => Ok(Verdicts::One(answer(question)?)),
            Self::Many(questions) => Ok(Verdicts::Many(questions.iter().map(answer).collect::<Result<_, _>>()?)),
        }
    }
}

impl Question {
    fn answer(&self, panel: &Panel, counts: &HashMap<&str, usize>) -> Result<Verdict, StoreError> {
        let changes = counts.get(self.address.to_lowercase().as_str()).copied().unwrap_or(0);
        Ok(Verdict { valid: self.is_valid(panel)?, changes })
    }

    fn is_valid(&self, panel: &Panel) -> Result<bool, StoreError> {
        let password = self.password.as_bytes();
        if let Some((account, mailbox)) = panel.hosting.mailbox(&self.address) {
            return panel.passwords.verify(account, mailbox, password);
        }
        let account = panel.hosting.account(&self.address);
        account.map_or(Ok(false), |account| panel.passwords.verify_own(account, password))
    }
}
