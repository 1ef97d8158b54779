//! What the panel is asked before anything is changed.

use std::collections::HashMap;

use crate::address::Address;
use crate::api::function::{self, Mailbox};
use crate::api::{Answer, Call, Fault};
use crate::paced::{Paced, Reply};
use crate::text;

/// What the panel said of itself and its mailboxes.
#[derive(Debug, Default)]
pub struct Facts {
    /// The cPanel account that the token belongs to, in the panel's words.
    pub user: Option<String>,
    /// The least strength that the panel demands of a mailbox password, 0 to 100.
    pub required_strength: Option<u8>,
    /// The mailboxes that exist, by their address in lower case; none where the panel did not tell.
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
/// The questions go one by one: the first shows whether the credential is good, and where it dies between them, one alone is denied.
///
/// # Errors
///
/// Gives [`NotAsked`] where the panel cannot be reached, is not trusted, or does not let us in. A question that it answers with
/// no is a note in the facts instead.
pub async fn preflight(paced: &Paced<'_>) -> Result<Facts, NotAsked> {
    let mut facts = Facts::default();
    let who = ask(paced, &function::get_user_information()).await?;
    match who.and_then(|answer| function::account(&answer).map_err(|fault| fault.to_string())) {
        Ok(account) => facts.user = Some(account.user),
        Err(reason) => facts.notes.push(format!("the panel did not say whose token this is: {reason}")),
    }
    let strength = ask(paced, &function::get_required_strength()).await?;
    match strength.and_then(|answer| function::required_strength(&answer).map_err(|fault| fault.to_string())) {
        Ok(strength) => facts.required_strength = Some(strength),
        Err(reason) => facts.notes.push(format!("the panel did not say what strength it demands: {reason}")),
    }
    let list = ask(paced, &function::list_pops()).await?;
    match list.and_then(|answer| function::mailboxes(&answer).map_err(|fault| fault.to_string())) {
        Ok(mailboxes) => facts.mailboxes = Some(by_address(mailboxes)),
        Err(reason) => facts.notes.push(format!("the panel did not say which mailboxes there are: {reason}")),
    }
    Ok(facts)
}

fn by_address(mailboxes: Vec<Mailbox>) -> HashMap<String, Standing> {
    mailboxes
        .into_iter()
        .map(|mailbox| (mailbox.address.to_lowercase(), Standing { login_suspended: mailbox.suspended_login }))
        .collect()
}

/// Asks one question: `Ok(Err(…))` is the panel's own no, or an answer of no use, in words that are safe to show.
async fn ask(paced: &Paced<'_>, call: &Call<'_>) -> Result<Result<Answer, String>, NotAsked> {
    let reply: Reply = paced.call(None, call).await;
    match reply.last {
        None => Err(NotAsked::Interrupted),
        Some(Ok(answer)) if answer.is_done() => Ok(Ok(answer)),
        Some(Ok(answer)) => Ok(Err(text::safe(&answer.errors.join("; ")).into_owned())),
        Some(Err(fault @ (Fault::Denied { .. } | Fault::Untrusted { .. } | Fault::Unreachable { .. }))) => {
            Err(NotAsked::Fault(fault))
        }
        Some(Err(fault)) => Ok(Err(fault.to_string())),
    }
}
