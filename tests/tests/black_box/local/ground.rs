//! The ground of the local tests: a panel of accounts that each have a user of the machine.

use cprekey_tests::{ACCOUNTS, BEFORE, Panel, Person, Place};

/// The accounts, each with its domain and the number of its user.
pub(super) fn owners() -> impl Iterator<Item = (&'static str, &'static str, u32)> {
    ACCOUNTS.into_iter().zip(60001..).map(|((name, domain), number)| (name, domain, number))
}

/// The user of `shop`.
pub(super) const SHOP: Person = Person::User(60001);

/// The user of the reseller `agency`, which owns `shop` and `studio`.
pub(super) const AGENCY: Person = Person::User(60100);

/// Root and the reseller.
const OPERATORS: &str =
    "[[whm]]\nuser = 'root'\ntokens = [{ name = 'main', acls = ['all'] }]\n[[whm]]\nuser = 'agency'\nuid = 60100\n";

/// A panel that keeps no shadow files, with the accounts, each with so many mailboxes.
pub(super) fn panel(place: &Place, mailboxes: usize) -> Panel {
    panel_with(place, mailboxes, &["--no-hashing"])
}

/// The same, with these arguments.
pub(super) fn panel_with(place: &Place, mailboxes: usize, arguments: &[&str]) -> Panel {
    let account = |(name, domain, number): (&str, &str, u32)| {
        let owner = if matches!(name, "shop" | "studio") { "agency" } else { "root" };
        format!(
            "[[account]]\nname = '{name}'\ndomain = '{domain}'\nuid = {number}\npassword = '{BEFORE}'\nowner = '{owner}'\n\
             generate = [{{ count = {mailboxes}, pattern = 'user{{n}}', domain = '{domain}', password = '{BEFORE}' }}]\n"
        )
    };
    let accounts: Vec<_> = owners().map(account).collect();
    place.secret(BEFORE);
    Panel::start_with(place, &format!("{OPERATORS}{}", accounts.concat()), arguments)
}

/// A place with a list of so many mailboxes of `shop`, and a panel that has them.
pub(super) fn ready(mailboxes: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = panel(&place, mailboxes);
    place.list("list.csv", mailboxes);
    (place, panel)
}
