//! What the panel is asked before anything is changed.

use super::facts::Facts;
use super::inquiry::NotAsked;
use super::standpoint::Standpoint;
use super::{own, server};
use crate::api::Scope;
use crate::entry::Entry;
use crate::failpoint::failpoint;
use crate::paced::Paced;

/// Asks the panel what it takes to know which of the entries can be changed; changes nothing.
///
/// The first question goes alone: it shows whether it is a panel and the credential is good.
///
/// # Errors
///
/// Gives [`NotAsked`] where the first question has no usable answer, or the panel cannot be reached, is not trusted or does not
/// let us in at a later one. A question that it answers with no is a note in the facts instead.
pub async fn preflight(paced: &Paced<'_>, entries: &[Entry], standpoint: &Standpoint) -> Result<Facts, NotAsked> {
    failpoint("preflight", b"");
    match standpoint.scope {
        Scope::Account => own::ask(paced, standpoint).await,
        Scope::Server => server::ask(paced, entries, standpoint).await,
    }
}
