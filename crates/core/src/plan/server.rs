//! What is asked where calls act for many accounts: which there are, who owns the domains, and which mailboxes each has.

use std::collections::{BTreeSet, HashMap};

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::domains;
use super::facts::{Facts, Home};
use super::inquiry::{NotAsked, first, later, read, told};
use super::mailboxes::by_address;
use super::owners::Owners;
use super::standpoint::Standpoint;
use crate::account::AccountName;
use crate::api::Scope;
use crate::api::function::{self, HostedAccount, Mailbox};
use crate::entry::{Entry, Task};
use crate::paced::Paced;

/// Asks which accounts there are, then for the owners of domains that are no account's main one, then each account for its mailboxes.
///
/// # Errors
///
/// Those of `preflight`.
pub(super) async fn ask(paced: &Paced<'_>, entries: &[Entry], standpoint: &Standpoint) -> Result<Facts, NotAsked> {
    let mut notes = Vec::new();
    let hosted = read(first(paced, &function::list_accounts()).await?, function::hosted_accounts);
    let hosted = told(hosted, "which accounts there are", &mut notes).unwrap_or_default();
    let mut owners = Owners { scope: Scope::Server, given: standpoint.account.clone(), domains: HashMap::new() };
    owners.domains = domains::owners(paced, entries, &owners, &hosted, standpoint.jobs, &mut notes).await?;
    let mut accounts = homes(&hosted);
    let all_accounts = !accounts.is_empty();
    let mut wanted = accounts_of(entries, &owners);
    wanted.retain(|name| !all_accounts || accounts.contains_key(name));
    // A suspended account answers nothing.
    let can_answer = |name: &&AccountName| accounts.get(*name).is_none_or(|home| !home.suspended);
    let asked = wanted.iter().find(can_answer).or(wanted.first());
    let required_strength = strength(paced, asked, &mut notes).await?;
    for (name, listed) in mailboxes(paced, wanted, standpoint).await? {
        let listed = told(listed, &format!("which mailboxes {name} has"), &mut notes);
        accounts.entry(name).or_default().mailboxes = listed.as_deref().and_then(by_address);
    }
    Ok(Facts {
        user: None,
        required_strength,
        owners,
        accounts,
        all_accounts,
        own: Home::default(),
        notes,
        ..Facts::default()
    })
}

fn homes(hosted: &[HostedAccount]) -> HashMap<AccountName, Home> {
    let home = |account: &HostedAccount| Home { suspended: account.suspended, mailboxes: None };
    hosted.iter().filter_map(|account| Some((AccountName::parse(&account.user).ok()?, home(account)))).collect()
}

/// The accounts that own a mailbox among the changes.
fn accounts_of(entries: &[Entry], owners: &Owners) -> BTreeSet<AccountName> {
    let changes = entries.iter().filter(|entry| matches!(entry.task, Task::Change(_)));
    let owner = |entry: &Entry| owners.of(entry.target.as_ref()?, entry.account.as_ref()).ok().flatten();
    changes.filter_map(owner).collect()
}

async fn strength(
    paced: &Paced<'_>,
    account: Option<&AccountName>,
    notes: &mut Vec<String>,
) -> Result<Option<u8>, NotAsked> {
    let Some(account) = account else { return Ok(None) };
    let call = function::get_required_strength().on_behalf_of(account.as_str());
    let strength = read(later(paced, &call).await?, function::required_strength);
    Ok(told(strength, "what strength it demands", notes))
}

/// What each account says of its mailboxes, by the accounts' names.
async fn mailboxes(
    paced: &Paced<'_>,
    accounts: BTreeSet<AccountName>,
    standpoint: &Standpoint,
) -> Result<Vec<(AccountName, Result<Vec<Mailbox>, String>)>, NotAsked> {
    let ask = |account: AccountName| async move {
        let call = function::list_pops().on_behalf_of(account.as_str());
        let listed = read(later(paced, &call).await?, function::mailboxes);
        drop(call);
        Ok((account, listed))
    };
    stream::iter(accounts).map(ask).buffered(standpoint.jobs.get()).try_collect().await
}
