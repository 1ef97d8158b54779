//! Many calls in one request. Source: WHM API documentation, `batch`.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;
use zeroize::Zeroizing;

use super::super::answer::Answer;
use super::super::call::{Api, Call};
use super::super::fault::Fault;
use super::super::wire::{self, Expected};
use super::super::{form, gateway};

/// The most that the answer to a batch may hold, in bytes, however many commands it has.
const ANSWER_LIMIT: usize = 64 << 20;

/// Calls as the commands of one call of WHM API 1's `batch`: each is done whatever becomes of the others.
#[derive(Debug)]
pub struct Batch {
    /// `function?key=value&…`, in the order of the calls.
    commands: Vec<SecretString>,
    answer_limit: usize,
    repeatable: bool,
}

/// Why a batch has no answers to its calls.
#[derive(Clone, Debug, Error)]
pub enum BatchError {
    /// The panel said no to the batch as a whole: it knows none, or none so large, or the token may not. The calls can be made singly.
    #[error("the panel refuses batches")]
    Refused {
        /// Its words: not yet safe to show.
        words: Vec<String>,
    },
    /// The answer cannot be assigned to the calls, any of which may have been done.
    #[error(transparent)]
    Unusable(Fault),
}

impl Batch {
    /// A batch of these calls, in this order: of UAPI on behalf of an account, or of WHM API 1.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unsupported`] where one of them cannot be a command.
    pub fn new(calls: &[Call<'_>]) -> Result<Self, Fault> {
        let commands = calls.iter().map(command).collect::<Result<_, _>>()?;
        let answers = calls.iter().fold(Call::ANSWER_LIMIT, |sum, call| sum.saturating_add(call.answer_limit));
        Ok(Self {
            commands,
            answer_limit: answers.min(ANSWER_LIMIT),
            repeatable: calls.iter().all(|call| call.repeatable),
        })
    }

    /// The call that carries them.
    ///
    /// The key is repeated and not numbered: whether `command-10` comes before `command-2` is documented nowhere, and answers are
    /// assigned by their position.
    #[must_use]
    pub fn call(&self) -> Call<'_> {
        let batch = Call::whm1("batch").plain("abort_on_error", "0").answer_limit(self.answer_limit);
        let batch = self.commands.iter().fold(batch, |batch, command| batch.secret("command", command));
        if self.repeatable { batch } else { batch.once() }
    }

    /// The answers to the calls that the batch was made of, from the answer to the batch: as many, in their order, whatever the verdict
    /// on the whole is, which is a no as soon as one of them failed.
    ///
    /// # Errors
    ///
    /// Tells apart a panel that refuses batches and an answer that cannot be assigned to the calls.
    pub fn answers(answer: &Answer, calls: &[Call<'_>]) -> Result<Vec<Result<Answer, Fault>>, BatchError> {
        let Some(items) = items(answer).map_err(BatchError::Unusable)? else {
            return Err(no_items(answer));
        };
        if items.len() != calls.len() {
            let detail = format!("it has {} answers to {} commands", items.len(), calls.len());
            return Err(BatchError::Unusable(Fault::unusable(detail)));
        }
        Ok(items.into_iter().zip(calls).map(|(item, call)| judged(item, call)).collect())
    }
}

/// A call as a command. It is encoded here, and once more as the value that it is.
fn command(call: &Call<'_>) -> Result<SecretString, Fault> {
    if call.api == Api::Api2 {
        return Err(Fault::unsupported("a function of cPanel API 2 cannot be called in a batch, so nothing was sent"));
    }
    let passed = gateway::through_whm(call)?;
    let query = form::encode(&passed.fields, &call.arguments);
    let query = std::str::from_utf8(&query).unwrap_or_default();
    let separator = if query.is_empty() { "" } else { "?" };
    let command = Zeroizing::new([passed.function, separator, query].concat());
    Ok(SecretString::from(command.as_str()))
}

/// The answers to the commands; `None` where there is no list of them.
fn items(answer: &Answer) -> Result<Option<Vec<&RawValue>>, Fault> {
    #[derive(Deserialize)]
    struct Items<'a> {
        #[serde(default, borrow)]
        result: Option<Vec<&'a RawValue>>,
    }
    let data = answer.data.as_deref().map(RawValue::get).filter(|data| data.starts_with('{'));
    let items = data.map(serde_json::from_str::<Items<'_>>).transpose();
    items
        .map(|items| items.and_then(|items| items.result))
        .map_err(|_| Fault::unusable("its data is not what batch answers"))
}

fn no_items(answer: &Answer) -> BatchError {
    if answer.is_done() {
        BatchError::Unusable(Fault::unusable("it says yes and has no answers to the commands"))
    } else {
        BatchError::Refused { words: answer.errors.clone() }
    }
}

fn judged(item: &RawValue, call: &Call<'_>) -> Result<Answer, Fault> {
    let shape = gateway::through_whm(call)?.shape;
    wire::envelope(item.get().as_bytes(), Expected::of(call, shape)).map_err(|fault| match fault {
        // The batch itself was let in.
        Fault::Denied { .. } => Fault::unusable("it was let in, and an answer in it was not"),
        fault => fault,
    })
}

#[cfg(test)]
mod tests;
