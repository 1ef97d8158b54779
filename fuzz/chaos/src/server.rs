//! A server drawn by lot: one account seen from within, or several seen by root.

use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::world::{Account, Mailbox, World};

/// More mailboxes than the longest list has rows.
pub(crate) const MAILBOXES: usize = 70;

/// The password that whoever has not changed it has.
pub(crate) const OLD: &str = "0ld-Canary#pass";

const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// A server with accounts, domains and mailboxes.
pub(crate) fn server(whm: bool, dice: &mut StdRng) -> World {
    let mut world = World::default();
    world.echoes = dice.random_bool(0.3);
    let names = if whm { &NAMES[..dice.random_range(1..=4)] } else { &["shop"] };
    for name in names {
        let mut domains = vec![format!("{name}.example")];
        if dice.random_bool(0.5) {
            domains.push(format!("more-{name}.example"));
        }
        let suspended = whm && dice.random_bool(0.1);
        world.accounts.insert((*name).to_owned(), Account { password: OLD.to_owned(), domains, suspended });
    }
    let homes: Vec<(String, String)> = world
        .accounts
        .iter()
        .flat_map(|(name, account)| account.domains.iter().map(|domain| (name.clone(), domain.clone())))
        .collect();
    for number in 0..MAILBOXES {
        let (account, domain) = homes[dice.random_range(0..homes.len())].clone();
        let login_suspended = dice.random_bool(0.05);
        let mailbox = Mailbox { password: OLD.to_owned(), account, login_suspended };
        world.mailboxes.insert(format!("user{number}@{domain}"), mailbox);
    }
    world
}
