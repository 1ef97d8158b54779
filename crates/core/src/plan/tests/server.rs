//! What is asked where calls act for many accounts, and what it rules out.

#![expect(clippy::unnecessary_wraps, reason = "a script is of answers and faults")]

use secrecy::SecretString;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::address::Address;
use crate::api::{Fault, Scope};
use crate::brake::Brake;
use crate::entry::{Entry, Task};
use crate::pace::Rate;
use crate::paced::Paced;
use crate::plan::{Facts, NotAsked, Standpoint, plan, plan_unasked, preflight};
use crate::reason::Reason;
use crate::retry::RetryPolicy;
use crate::scripted::{Notes, Said, Scripted, denied, holding, no};
use crate::target::Target;

fn entry(target: Target, account: Option<&str>) -> Entry {
    Entry {
        row: 2,
        target: Some(target),
        account: account.map(|name| AccountName::parse(name).unwrap()),
        task: Task::Change(SecretString::from("c4nary-Password").into()),
    }
}

fn mailbox(address: &str) -> Entry {
    entry(Address::parse(address).unwrap().into(), None)
}

fn mailbox_of(account: &str, address: &str) -> Entry {
    entry(Address::parse(address).unwrap().into(), Some(account))
}

fn account(name: &str) -> Entry {
    entry(Target::Account(AccountName::parse(name).unwrap()), None)
}

/// The answer of listaccts: accounts with their main domains, and whether they are suspended.
fn accounts(listed: &[(&str, &str, u8)]) -> Said {
    let row =
        |(user, domain, suspended): &(&str, &str, u8)| json!({"user": user, "domain": domain, "suspended": suspended});
    Ok(holding(&json!({"acct": listed.iter().map(row).collect::<Value>()})))
}

fn two() -> Said {
    accounts(&[("shop", "example.com", 0), ("studio", "example.net", 0)])
}

fn owner(user: &str) -> Said {
    Ok(holding(&json!({"user": user})))
}

fn strength() -> Said {
    Ok(holding(&json!({"strength": 65})))
}

fn mailboxes(addresses: &[&str]) -> Said {
    let row =
        |address: &&str| json!({"email": address, "login": address, "suspended_login": 0, "suspended_incoming": 0});
    Ok(holding(&addresses.iter().map(row).collect::<Value>()))
}

fn forbidden() -> Said {
    Ok(no("Permission denied"))
}

/// What was asked, in its order, and what came of it.
struct Asked {
    questions: Vec<String>,
    facts: Result<Facts, NotAsked>,
    rulings: Vec<Option<Reason>>,
}

/// Asks a panel that answers so, on behalf of `given` where the rows name no account, and plans by what it said.
async fn ask(entries: &[Entry], given: Option<&str>, script: impl IntoIterator<Item = Said>) -> Asked {
    let (panel, notes) = (Scripted::saying(script), Notes::default());
    let policy = RetryPolicy { retries: 0, ..RetryPolicy::default() };
    let paced = Paced::new(&panel, Rate::UNLIMITED, policy, Brake::default(), &notes);
    let account = given.map(|name| AccountName::parse(name).unwrap());
    let standpoint = Standpoint { scope: Scope::Server, account, ..Standpoint::default() };
    let facts = preflight(&paced, entries, &standpoint).await;
    let rulings = facts.as_ref().map_or_else(
        |_| Vec::new(),
        |facts| {
            let plan = plan(entries, facts);
            (0..entries.len()).map(|index| plan.ruling(index)).collect()
        },
    );
    let questions = panel.asked.borrow().iter().map(|asked| asked.trim_end().to_owned()).collect();
    Asked { questions, facts, rulings }
}

#[tokio::test(start_paused = true)]
async fn main_domains_are_not_asked_for_and_each_other_is_once() {
    let entries = ["anna@example.com", "bert@addon.example", "anna@addon.example", "anna@more.example"].map(mailbox);
    let listed = mailboxes(&["anna@example.com", "anna@addon.example", "bert@addon.example"]);
    let script = [two(), owner("shop"), owner("studio"), strength(), listed, mailboxes(&["bert@more.example"])];
    let asked = ask(&entries, None, script).await;
    let questions = [
        "listaccts",
        "getdomainowner addon.example",
        "getdomainowner more.example",
        "get_required_strength shop",
        "list_pops shop",
        "list_pops studio",
    ];
    assert_eq!(asked.questions, questions);
    assert_eq!(asked.rulings, [None, None, None, Some(Reason::NoSuchMailbox)]);
    let facts = asked.facts.unwrap();
    assert_eq!((facts.required_strength, facts.all_accounts, facts.notes.len()), (Some(65), true, 0));
}

#[tokio::test(start_paused = true)]
async fn what_rows_and_the_user_name_is_not_looked_up() {
    let entries = [mailbox("anna@addon.example"), mailbox_of("studio", "anna@other.example")];
    let script = [two(), strength(), mailboxes(&["anna@addon.example"]), mailboxes(&["anna@other.example"])];
    let asked = ask(&entries, Some("shop"), script).await;
    assert_eq!(asked.questions, ["listaccts", "get_required_strength shop", "list_pops shop", "list_pops studio"]);
    assert_eq!(asked.rulings, [None, None]);
}

#[tokio::test(start_paused = true)]
async fn what_may_not_be_asked_is_noted_and_without_an_owner_nothing_is_sent() {
    let entries = [mailbox("anna@example.com"), mailbox_of("studio", "anna@example.net")];
    let script = [forbidden(), forbidden(), strength(), forbidden()];
    let asked = ask(&entries, None, script).await;
    let questions = ["listaccts", "getdomainowner example.com", "get_required_strength studio", "list_pops studio"];
    assert_eq!(asked.questions, questions);
    assert_eq!(asked.rulings, [Some(Reason::NoOwner), None]);
    let facts = asked.facts.unwrap();
    assert_eq!((facts.all_accounts, facts.notes.len()), (false, 3));
    assert!(facts.notes[1].contains("example.com (Permission denied)"), "{}", facts.notes[1]);
}

#[tokio::test(start_paused = true)]
async fn many_domains_without_an_owner_are_told_in_one_note() {
    let entries: Vec<_> = (1..=7).map(|number| mailbox(&format!("anna@example{number}.com"))).collect();
    let script = [two()].into_iter().chain((1..=7).map(|_| forbidden()));
    let facts = ask(&entries, None, script).await.facts.unwrap();
    assert_eq!(facts.notes.len(), 1);
    assert!(facts.notes[0].ends_with("example5.com (Permission denied) and 2 more"), "{}", facts.notes[0]);
}

#[tokio::test(start_paused = true)]
async fn domains_that_nobody_has_and_accounts_that_are_not_there_are_ruled_out() {
    let entries = [mailbox("anna@nobody.example"), mailbox_of("nobody", "anna@example.com"), account("nobody")];
    let nobody = Ok(holding(&json!({"user": null})));
    let asked = ask(&entries, None, [two(), nobody]).await;
    assert_eq!(asked.questions, ["listaccts", "getdomainowner nobody.example"], "no mailbox of any account matters");
    let [domain, account] = [Reason::NoSuchDomain, Reason::NoSuchAccount].map(Some);
    assert_eq!(asked.rulings, [domain, account, account]);
    let asked = ask(&entries[..1], Some("nobody"), [two()]).await;
    assert_eq!((asked.questions.len(), asked.rulings), (1, vec![account]));
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_of_accounts_rules_nothing_out() {
    let entries = [mailbox_of("shop", "anna@example.com"), account("studio")];
    for listing in [accounts(&[]), forbidden(), Err(Fault::Unusable { detail: "{}".into() })] {
        let is_answer = listing.is_ok();
        let asked = ask(&entries, None, [listing, strength(), mailboxes(&[])]).await;
        if is_answer {
            assert_eq!(asked.rulings, [None, None]);
            assert!(!asked.facts.unwrap().all_accounts);
        } else {
            assert!(matches!(asked.facts, Err(NotAsked::Fault(Fault::Unusable { .. }))), "the first question of all");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn suspended_accounts_are_told_of_and_their_own_passwords_not_sent() {
    let entries = [mailbox("anna@example.com"), mailbox("anna@example.net"), account("shop"), account("studio")];
    let listed = accounts(&[("shop", "example.com", 1), ("studio", "example.net", 0)]);
    let script = [listed, strength(), forbidden(), mailboxes(&["anna@example.net"])];
    let asked = ask(&entries, None, script).await;
    // Of two accounts that one is asked which can answer.
    assert_eq!(asked.questions[1], "get_required_strength studio");
    let suspended = Some(Reason::AccountSuspended);
    assert_eq!(asked.rulings, [None, None, suspended, None]);
    let plan = plan(&entries, &asked.facts.unwrap());
    assert_eq!((plan.changes, plan.accounts), (3, 1));
    assert_eq!(plan.suspended.into_iter().collect::<Vec<_>>(), [0]);
}

#[tokio::test(start_paused = true)]
async fn accounts_alone_need_no_mailboxes_listed() {
    let asked = ask(&[account("shop"), account("studio")], None, [two()]).await;
    assert_eq!((asked.questions, asked.rulings), (vec!["listaccts".to_owned()], vec![None, None]));
}

#[tokio::test(start_paused = true)]
async fn domains_in_their_own_script_are_those_of_the_list() {
    let entries = [mailbox("anna@bücher.example")];
    let script = [accounts(&[("shop", "bücher.example", 0)]), strength(), mailboxes(&["anna@bücher.example"])];
    let asked = ask(&entries, None, script).await;
    assert_eq!((asked.questions.len(), asked.rulings), (3, vec![None]));
}

#[tokio::test(start_paused = true)]
async fn a_name_that_no_account_can_have_owns_nothing() {
    let asked = ask(&[mailbox("anna@addon.example")], None, [two(), owner("no such name")]).await;
    assert_eq!((asked.questions.len(), asked.rulings), (2, vec![Some(Reason::NoOwner)]));
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_is_refused_ends_it_at_every_question() {
    let entries = [mailbox("anna@addon.example"), mailbox("anna@example.com")];
    let script = || [two(), owner("studio"), strength(), mailboxes(&["anna@example.com"]), mailboxes(&[])];
    for at in 0..script().len() {
        let mut script = script();
        script[at] = Err(denied());
        let asked = ask(&entries, None, script).await;
        assert!(matches!(asked.facts, Err(NotAsked::Fault(Fault::Denied { .. }))), "question {at}");
        assert_eq!(asked.questions.len(), at + 1);
    }
}

/// Where root's panel could not be asked, nothing says that a row would be refused: neither an account's, which needs no old password there, nor a
/// mailbox's whose owner nobody could say.
#[test]
fn what_could_not_be_asked_rules_nothing_out() {
    let entries = [account("shop"), mailbox("anna@example.com"), mailbox_of("shop", "bob@example.com")];
    let root = Standpoint { scope: Scope::Server, ..Standpoint::default() };
    let plan = plan_unasked(&entries, &root);
    assert_eq!((plan.changes, plan.ruled_out.len(), plan.owners.scope), (3, 0, Scope::Server));
    let owner = plan_unasked(&entries, &Standpoint::default());
    assert_eq!(owner.changes, 2);
    assert_eq!(
        owner.ruled_out.get(&0),
        Some(&Reason::NoOldPassword),
        "an account's owner needs it, whatever the panel says"
    );
}
