//! What the panel is asked before anything is changed.

use std::collections::HashMap;

use crate::address::Address;
use crate::api::function::{self, Mailbox};
use crate::api::{Answer, Call, Fault};
use crate::paced::Paced;
use crate::text;

/// What the panel said of itself and its mailboxes.
#[derive(Debug, Default)]
pub struct Facts {
    /// The cPanel account that the token belongs to, in the panel's words.
    pub user: Option<String>,
    /// The least strength that the panel demands of a mailbox password, 0 to 100.
    pub required_strength: Option<u8>,
    /// The mailboxes that exist, by their address as it would be sent, in lower case; none where the panel did not tell.
    pub mailboxes: Option<HashMap<String, Standing>>,
    /// What could not be asked, each with the panel's reason, ready to be shown.
    pub notes: Vec<String>,
}

/// How a mailbox stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Standing {
    /// Nobody can log in to it; a new password does not change that.
    pub login_suspended: bool,
}

impl Facts {
    /// How the mailbox stands; none where the panel told its mailboxes and this is not among them.
    ///
    /// Without a listing every mailbox is taken to exist.
    #[must_use]
    pub fn standing(&self, address: &Address) -> Option<Standing> {
        match &self.mailboxes {
            Some(mailboxes) => mailboxes.get(&address.as_str().to_lowercase()).copied(),
            None => Some(Standing { login_suspended: false }),
        }
    }
}

/// Why the panel could not be asked at all.
#[derive(Debug)]
pub enum NotAsked {
    /// The first call failed for good.
    Fault(Fault),
    /// The run was interrupted before.
    Interrupted,
}

/// Asks the panel who we are, what strength it demands, and which mailboxes there are; changes nothing.
///
/// The questions go one by one: the first shows whether it is a panel and the credential is good, and where that dies between
/// them, one alone is denied.
///
/// # Errors
///
/// Gives [`NotAsked`] where the first question has no usable answer, or the panel cannot be reached, is not trusted or does not
/// let us in at a later one. A question that it answers with no is a note in the facts instead.
pub async fn preflight(paced: &Paced<'_>) -> Result<Facts, NotAsked> {
    let mut notes = Vec::new();
    let who = said(ask(paced, &function::get_user_information()).await?.map_err(NotAsked::Fault)?);
    let account = told(who, function::account, "whose token this is", &mut notes);
    let strength = later(ask(paced, &function::get_required_strength()).await?)?;
    let required_strength = told(strength, function::required_strength, "what strength it demands", &mut notes);
    let list = later(ask(paced, &function::list_pops()).await?)?;
    let listed = told(list, function::mailboxes, "which mailboxes there are", &mut notes);
    Ok(Facts {
        user: account.map(|account| account.user),
        required_strength,
        mailboxes: listing(listed, &mut notes),
        notes,
    })
}

/// The mailboxes by address. An account without any cannot be told from one whose mailboxes the token may not see, so an empty
/// list rules nothing out.
fn listing(listed: Option<Vec<Mailbox>>, notes: &mut Vec<String>) -> Option<HashMap<String, Standing>> {
    let mailboxes = listed?;
    if mailboxes.is_empty() {
        notes.push(String::from("the panel lists no mailbox at all, so none is ruled out before it is sent"));
        return None;
    }
    Some(mailboxes.iter().map(|mailbox| (key(&mailbox.address), standing(mailbox))).collect())
}

/// An address as it is looked up: as it would be sent, in lower case.
fn key(address: &str) -> String {
    Address::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.as_str().to_lowercase())
}

fn standing(mailbox: &Mailbox) -> Standing {
    Standing { login_suspended: mailbox.suspended_login }
}

/// Asks one question.
async fn ask(paced: &Paced<'_>, call: &Call<'_>) -> Result<Result<Answer, Fault>, NotAsked> {
    paced.call(None, call).await.last.ok_or(NotAsked::Interrupted)
}

/// What a question after the first came to: a fault that the next call may not have is no more than a note.
fn later(asked: Result<Answer, Fault>) -> Result<Result<Answer, String>, NotAsked> {
    match asked {
        Ok(answer) => Ok(said(answer)),
        Err(fault @ (Fault::Denied { .. } | Fault::Untrusted { .. } | Fault::Unreachable { .. })) => {
            Err(NotAsked::Fault(fault))
        }
        Err(fault) => Ok(Err(fault.to_string())),
    }
}

/// An answer, or the words of the panel's no, safe to show.
fn said(answer: Answer) -> Result<Answer, String> {
    if answer.is_done() { Ok(answer) } else { Err(text::safe(&answer.errors.join("; ")).into_owned()) }
}

/// What the panel told, or a note that it did not.
fn told<T>(
    said: Result<Answer, String>,
    read: fn(&Answer) -> Result<T, Fault>,
    what: &str,
    notes: &mut Vec<String>,
) -> Option<T> {
    let read = said.and_then(|answer| read(&answer).map_err(|fault| fault.to_string()));
    read.map_err(|reason| notes.push(format!("the panel did not say {what}: {reason}"))).ok()
}
