//! The demo's mailboxes: as the panel has them, and as the user's list has them.

use anyhow::Result;
use rust_xlsxwriter::Workbook;
use serde::Serialize;

/// Whose mailboxes they are.
pub(super) const ACCOUNT: &str = "shop";

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
    account: [Account; 1],
}

#[derive(Serialize)]
struct Account {
    name: &'static str,
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
pub(super) fn panel_config() -> Result<String> {
    let there = addresses().filter(|address| address != GONE);
    let mailboxes = there.map(|address| Mailbox { address, password: "The-old-0ne!" }).collect();
    let account = Account { name: ACCOUNT, domain: DOMAINS[0], domains: &DOMAINS[1..], mailboxes };
    Ok(toml::to_string(&Config { account: [account] })?)
}

/// The user's list: a workbook with the columns `email` and `password`.
pub(super) fn workbook() -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_column_width(0, 28)?.set_column_width(1, 28)?;
    sheet.write_string(0, 0, "email")?.write_string(0, 1, "password")?;
    for (row, address) in (1..).zip(addresses()) {
        sheet.write_string(row, 1, password(row, &address))?;
        sheet.write_string(row, 0, address)?;
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
        let config: toml::Table = panel_config().expect("a configuration").parse().expect("TOML");
        let mailboxes = config["account"][0]["mailboxes"].as_array().map(Vec::len);
        assert_eq!((mailboxes, addresses().count()), (Some(COUNT - 1), COUNT));
    }
}
