//! Questions to the panel: what was asked, what it said, and a note where it did not say.

use crate::api::{Answer, Call, Fault};
use crate::paced::Paced;
use crate::text;

/// Why the panel could not be asked at all.
#[derive(Debug)]
pub enum NotAsked {
    /// The first call failed for good.
    Fault(Fault),
    /// The run was interrupted before.
    Interrupted,
}

/// What a question came to: an answer, or why there is none, ready to be shown.
pub(super) type Said = Result<Answer, String>;

/// Asks the first question of all, which shows whether it is a panel and lets us in.
///
/// # Errors
///
/// Gives [`NotAsked`] where there is no usable answer.
pub(super) async fn first(paced: &Paced<'_>, call: &Call<'_>) -> Result<Said, NotAsked> {
    Ok(said(ask(paced, call).await?.map_err(NotAsked::Fault)?))
}

/// Asks a later question: a fault that the next call may not have is no more than a note.
///
/// # Errors
///
/// Gives [`NotAsked`] where the panel cannot be reached any more, is not trusted or does not let us in.
pub(super) async fn later(paced: &Paced<'_>, call: &Call<'_>) -> Result<Said, NotAsked> {
    match ask(paced, call).await? {
        Ok(answer) => Ok(said(answer)),
        Err(fault @ (Fault::Denied { .. } | Fault::Untrusted { .. } | Fault::Unreachable { .. })) => {
            Err(NotAsked::Fault(fault))
        }
        Err(fault) => Ok(Err(shown(&fault))),
    }
}

async fn ask(paced: &Paced<'_>, call: &Call<'_>) -> Result<Result<Answer, Fault>, NotAsked> {
    paced.ask(call).await.last.ok_or(NotAsked::Interrupted)
}

/// An answer, or the words of the panel's no, safe to show.
fn said(answer: Answer) -> Said {
    if answer.is_done() { Ok(answer) } else { Err(text::safe(&answer.errors.join("; ")).into_owned()) }
}

/// A fault's words, safe to show.
fn shown(fault: &Fault) -> String {
    text::safe(&fault.to_string()).into_owned()
}

/// What an answer tells, or why it tells nothing.
pub(super) fn read<T>(said: Said, read: fn(&Answer) -> Result<T, Fault>) -> Result<T, String> {
    said.and_then(|answer| read(&answer).map_err(|fault| shown(&fault)))
}

/// What the panel told, or a note that it did not.
pub(super) fn told<T>(told: Result<T, String>, what: &str, notes: &mut Vec<String>) -> Option<T> {
    told.map_err(|reason| notes.push(format!("the panel did not say {what}: {reason}"))).ok()
}
