//! `Email`: lists and counts of mailboxes and mail domains.

use regex_automata::meta::Regex;
use serde_json::{Value, json};

use super::call::{Call, Function, Outcome, Success};
use crate::behaviour::Numbers;
use crate::state::Mailbox;
use crate::text::Refusal;

const FEATURE: Option<&str> = Some("popaccts");

/// How the account's own mailbox is labelled.
const MAIN_LOGIN: &str = "Main Account";

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function { name: "list_pops", feature: FEATURE, run: list_pops },
    Function { name: "list_pops_with_disk", feature: FEATURE, run: list_pops_with_disk },
    Function { name: "count_pops", feature: FEATURE, run: |call| Ok(Success::data(count_pops(call))) },
    Function { name: "list_mail_domains", feature: None, run: |call| Ok(Success::data(list_mail_domains(call))) },
];

/// The account's own mailbox comes first, unless `skip_main` is 1.
fn list_pops(call: &Call<'_>) -> Outcome {
    let wanted = Pattern::of(call)?;
    let (main, numbers) = (&call.account.name, call.panel.behaviour().numbers);
    let own =
        (!call.arguments.flag("skip_main") && wanted.fits(main)).then(|| row(main, MAIN_LOGIN, [false; 2], numbers));
    let mailboxes = call.account.mailboxes();
    let others = mailboxes
        .into_iter()
        .filter(|mailbox| wanted.fits(&mailbox.address))
        .map(|mailbox| mailbox_row(mailbox, numbers));
    Ok(Success::data(own.into_iter().chain(others).collect()))
}

fn mailbox_row(mailbox: &Mailbox, numbers: Numbers) -> Value {
    let address = &mailbox.address;
    row(address, address, [mailbox.suspended_incoming.get(), mailbox.suspended_login.get()], numbers)
}

fn row(email: &str, login: &str, suspensions: [bool; 2], numbers: Numbers) -> Value {
    let [incoming, logins] = suspensions.map(|suspended| flag(suspended, numbers));
    json!({
        "email": email,
        "login": login,
        "suspended_incoming": incoming,
        "suspended_login": logins,
    })
}

fn flag(value: bool, numbers: Numbers) -> Value {
    match numbers {
        Numbers::Number => json!(u8::from(value)),
        Numbers::Text => json!(u8::from(value).to_string()),
    }
}

fn list_pops_with_disk(call: &Call<'_>) -> Outcome {
    let wanted = Pattern::of(call)?;
    let (domain, email) = (call.arguments.text("domain"), call.arguments.text("email"));
    let limit = call.arguments.text("maxaccounts").and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let mailboxes = call.account.mailboxes().into_iter().filter(|mailbox| {
        let (user, home) = mailbox.parts();
        wanted.fits(&mailbox.address)
            && domain.as_ref().is_none_or(|domain| home.eq_ignore_ascii_case(domain))
            && email.as_ref().is_none_or(|email| *email == user || *email == mailbox.address)
    });
    Ok(Success::data(mailboxes.take(limit).map(disk_row).collect()))
}

/// Sizes are text, as live panels send them.
fn disk_row(mailbox: &Mailbox) -> Value {
    let (user, domain) = mailbox.parts();
    let (incoming, logins) = (mailbox.suspended_incoming.get(), mailbox.suspended_login.get());
    json!({
        "email": mailbox.address,
        "login": mailbox.address,
        "user": user,
        "domain": domain,
        "diskused": "0.01",
        "_diskused": "12288",
        "humandiskused": "12 KB",
        "diskquota": "1024.00",
        "_diskquota": "1073741824",
        "humandiskquota": "1 GB",
        "txtdiskquota": "1024",
        "diskusedpercent": 0,
        "diskusedpercent_float": 0.001,
        "diskusedpercent20": 0,
        "mtime": 1_700_000_000,
        "suspended_incoming": u8::from(incoming),
        "suspended_login": u8::from(logins),
        "has_suspended": u8::from(incoming || logins),
        "hold_outgoing": 0,
    })
}

fn count_pops(call: &Call<'_>) -> Value {
    json!(call.account.mailbox_count())
}

fn list_mail_domains(call: &Call<'_>) -> Value {
    call.account.all_domains().map(|domain| json!({"domain": domain})).collect()
}

/// The pattern given as `regex`, or none, which everything fits.
struct Pattern(Option<Regex>);

impl Pattern {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let Some(pattern) = call.arguments.text("regex") else { return Ok(Self(None)) };
        let compiled = Regex::new(&pattern).map_err(|_| Refusal::BadArgument("regex".to_owned()))?;
        Ok(Self(Some(compiled)))
    }

    fn fits(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }
}
