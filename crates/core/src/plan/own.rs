//! What an account's owner asks: who we are, what strength is demanded, and which mailboxes there are.

use super::facts::{Facts, Home};
use super::inquiry::{NotAsked, first, later, read, told};
use super::mailboxes::by_address;
use super::standpoint::Standpoint;
use crate::api::function;
use crate::paced::Paced;

/// Asks one by one: where the credential dies between them, one alone is denied.
///
/// # Errors
///
/// Those of `preflight`.
pub(super) async fn ask(paced: &Paced<'_>, standpoint: &Standpoint) -> Result<Facts, NotAsked> {
    let mut notes = Vec::new();
    let who = read(first(paced, &function::get_user_information()).await?, function::account);
    let account = told(who, "which account this is", &mut notes);
    let strength = read(later(paced, &function::get_required_strength()).await?, function::required_strength);
    let required_strength = told(strength, "what strength it demands", &mut notes);
    let listed = read(later(paced, &function::list_pops()).await?, function::mailboxes);
    let listed = told(listed, "which mailboxes there are", &mut notes);
    let mailboxes = listed.as_deref().and_then(by_address);
    if listed.is_some() && mailboxes.is_none() {
        notes.push(String::from("the panel lists no mailbox at all, so none is ruled out before it is sent"));
    }
    let own = Home { suspended: false, mailboxes };
    let user = account.map(|account| account.user);
    Ok(Facts { user, required_strength, arguments_only: standpoint.arguments_only, own, notes, ..Facts::default() })
}
