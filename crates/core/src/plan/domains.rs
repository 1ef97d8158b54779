//! Who owns the domains of a list.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::inquiry::{NotAsked, later, read};
use super::owners::{Owner, Owners};
use crate::account::AccountName;
use crate::address::normal_domain;
use crate::api::function::{self, HostedAccount};
use crate::entry::{Entry, Task};
use crate::paced::Paced;
use crate::reason::Reason;
use crate::target::Target;

/// So many domains stand in a note.
const NAMED: usize = 5;

/// The owner of every domain that needs one: an account's main domain is told by the list of accounts, the others are asked for one by
/// one, each once.
///
/// # Errors
///
/// Those of `preflight`.
pub(super) async fn owners(
    paced: &Paced<'_>,
    entries: &[Entry],
    known: &Owners,
    hosted: &[HostedAccount],
    jobs: NonZeroUsize,
    notes: &mut Vec<String>,
) -> Result<HashMap<String, Owner>, NotAsked> {
    let mut owners = main_domains(hosted);
    let wanted = without_owner(entries, known).into_iter().filter(|domain| !owners.contains_key(*domain));
    let ask = |domain: &str| {
        let domain = domain.to_owned();
        async move {
            let said = later(paced, &function::get_domain_owner(&domain)).await?;
            Ok((domain, said))
        }
    };
    let asked: Vec<_> = stream::iter(wanted).map(ask).buffered(jobs.get()).try_collect().await?;
    let mut untold = Vec::new();
    for (domain, said) in asked {
        let owner = read(said, function::domain_owner).map_or_else(
            |reason| {
                untold.push(format!("{domain} ({reason})"));
                Owner::NotTold
            },
            owner,
        );
        owners.insert(domain, owner);
    }
    if !untold.is_empty() {
        let more = untold.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        untold.truncate(NAMED);
        notes.push(format!("the panel did not say which account owns {}{more}", untold.join(", ")));
    }
    Ok(owners)
}

/// The owner by the name that the panel said; one that no account can have tells nothing.
fn owner(said: Option<String>) -> Owner {
    said.map_or(Owner::Nobody, |user| AccountName::parse(&user).map_or(Owner::NotTold, Owner::Account))
}

fn main_domains(hosted: &[HostedAccount]) -> HashMap<String, Owner> {
    let owner = |account: &HostedAccount| {
        let name = AccountName::parse(&account.user).ok()?;
        Some((normal_domain(account.domain.as_deref()?).ok()?, Owner::Account(name)))
    };
    hosted.iter().filter_map(owner).collect()
}

/// The domains of the changes whose account nobody has named.
fn without_owner<'a>(entries: &'a [Entry], known: &Owners) -> BTreeSet<&'a str> {
    let domain = |entry: &'a Entry| match (&entry.task, &entry.target) {
        (Task::Change(_), Some(target @ Target::Mailbox(address))) => {
            let unknown = known.of(target, entry.account.as_ref()) == Err(Reason::NoOwner);
            unknown.then(|| address.domain())
        }
        _ => None,
    };
    entries.iter().filter_map(domain).collect()
}
