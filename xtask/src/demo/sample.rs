//! The demo's mailboxes: as the panel has them, and as the user's list has them.

use anyhow::Result;
use rust_xlsxwriter::Workbook;
use serde::Serialize;

/// Whose mailboxes they are.
pub(super) const ACCOUNT: &str = NAMES[0];

/// The accounts that there can be.
pub(super) const NAMES: [&str; 3] = ["shop", "studio", "club"];

/// The password that everybody has at first.
const OLD: &str = "The-old-0ne!";

/// Whose the mailboxes are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Accounts {
    /// One account's, which is this user where the local programs ask who they are.
    One {
        /// The user's number.
        uid: Option<u32>,
    },
    /// Three accounts', each with one domain.
    Three,
}

const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

const PEOPLE: [&str; 20] = [
    "aiko", "anna", "ben", "chloe", "david", "emma", "farid", "grace", "hugo", "ines", "jonas", "karim", "lena",
    "marco", "nadia", "olga", "pavel", "rosa", "samir", "zoe",
];

/// The rows in which something is wrong: what stands in the list instead of the person's own name or good password.
const WEAK: [(&str, &str); 2] = [("ben@example.com", "12345"), ("rosa@example.org", "aaaaaaaa")];
const GONE: &str = "karim@example.net";

/// How many mailboxes the list names.
pub(super) const COUNT: usize = DOMAINS.len() * PEOPLE.len();

#[derive(Serialize)]
struct Config {
    account: Vec<Account>,
}

#[derive(Serialize)]
struct Account {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<u32>,
    password: &'static str,
    domain: &'static str,
    domains: &'static [&'static str],
    mailboxes: Vec<Mailbox>,
}

#[derive(Serialize)]
struct Mailbox {
    address: String,
    password: &'static str,
}

/// The rehearsal panel's configuration: every mailbox of the list but one.
pub(super) fn panel_config(accounts: Accounts) -> Result<String> {
    let account = match accounts {
        Accounts::One { uid } => vec![account(ACCOUNT, uid, &DOMAINS)],
        Accounts::Three => {
            NAMES.iter().enumerate().map(|(index, name)| account(name, None, &DOMAINS[index..=index])).collect()
        }
    };
    Ok(toml::to_string(&Config { account })?)
}

fn account(name: &'static str, uid: Option<u32>, domains: &'static [&'static str]) -> Account {
    let ours = |address: &String| domains.iter().any(|domain| address.ends_with(&format!("@{domain}")));
    let there = addresses().filter(|address| address != GONE).filter(ours);
    let mailboxes = there.map(|address| Mailbox { address, password: OLD }).collect();
    Account { name, uid, password: OLD, domain: domains[0], domains: &domains[1..], mailboxes }
}

/// The user's list: a workbook with the columns `email` and `password`, and with `kind` where accounts are among them.
pub(super) fn workbook(with_accounts: bool) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_column_width(0, 28)?.set_column_width(1, 28)?;
    sheet.write_string(0, 0, "email")?.write_string(0, 1, "password")?;
    for (row, address) in (1..).zip(addresses()) {
        sheet.write_string(row, 1, password(row, &address))?;
        sheet.write_string(row, 0, address)?;
    }
    if with_accounts {
        sheet.write_string(0, 2, "kind")?;
        for (row, name) in (u32::try_from(COUNT)? + 1..).zip(NAMES) {
            sheet
                .write_string(row, 0, name)?
                .write_string(row, 1, password(row, name))?
                .write_string(row, 2, "account")?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn addresses() -> impl Iterator<Item = String> {
    DOMAINS.into_iter().flat_map(|domain| PEOPLE.into_iter().map(move |person| format!("{person}@{domain}")))
}

/// A different password for every row, with characters that are often spoiled on the way.
fn password(row: u32, address: &str) -> String {
    let weak = WEAK.iter().find(|(weak, _)| *weak == address);
    weak.map_or_else(|| format!("Tide&{row:02}+Orchard#{}%é", row * 7919), |(_, password)| (*password).to_owned())
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_panel_has_all_but_one_of_the_mailboxes_in_the_list() {
        for (accounts, count) in [(Accounts::One { uid: None }, 1), (Accounts::Three, 3)] {
            let config: toml::Table = panel_config(accounts).expect("a configuration").parse().expect("TOML");
            let accounts = config["account"].as_array().expect("accounts");
            let mailboxes = accounts.iter().filter_map(|account| account["mailboxes"].as_array().map(Vec::len)).sum();
            assert_eq!((accounts.len(), mailboxes, addresses().count()), (count, COUNT - 1, COUNT));
        }
    }
}
