//! What an account's owner asks before a run, and what it rules out.

use secrecy::SecretString;
use serde_json::{Value, json};

use crate::account::AccountName;
use crate::address::Address;
use crate::api::{Answer, Fault};
use crate::brake::Brake;
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::pace::Rate;
use crate::paced::Paced;
use crate::plan::{Facts, Home, NotAsked, Standing, Standpoint, plan, preflight};
use crate::reason::Reason;
use crate::retry::RetryPolicy;
use crate::scripted::{Notes, Said, Scripted, denied, holding, no};
use crate::target::Target;

fn account() -> Answer {
    holding(&json!({"user": "shop", "domain": "example.com"}))
}

fn strength() -> Answer {
    holding(&json!({"strength": 65}))
}

fn mailbox(address: &str, suspended: u8) -> Value {
    json!({"email": address, "login": address, "suspended_login": suspended, "suspended_incoming": 0})
}

async fn asked(script: impl IntoIterator<Item = Said>) -> (Result<Facts, NotAsked>, usize) {
    let (panel, notes) = (Scripted::saying(script), Notes::default());
    let policy = RetryPolicy { retries: 0, ..RetryPolicy::default() };
    let paced = Paced::new(&panel, Rate::UNLIMITED, policy, Brake::default(), &notes);
    let facts = preflight(&paced, &[], &Standpoint::default()).await;
    let count = panel.asked.borrow().len();
    (facts, count)
}

#[tokio::test(start_paused = true)]
async fn what_the_panel_tells_is_known() {
    let list = json!([mailbox("anna@example.com", 0), mailbox("Bert@Example.com", 1)]);
    let (facts, _) = asked([Ok(account()), Ok(strength()), Ok(holding(&list))]).await;
    let facts = facts.unwrap();
    assert_eq!((facts.user.as_deref(), facts.required_strength, facts.notes.len()), (Some("shop"), Some(65), 0));
    let suspended =
        |address: &str| facts.own.standing(&Address::parse(address).unwrap()).map(|one| one.login_suspended);
    assert_eq!(suspended("ANNA@example.com"), Some(false));
    assert_eq!(suspended("bert@example.com"), Some(true));
    assert_eq!(suspended("carl@example.com"), None);
}

#[tokio::test(start_paused = true)]
async fn a_first_question_without_a_usable_answer_ends_it() {
    let faults = [
        denied(),
        Fault::Unusable { detail: "HTML".into() },
        Fault::Timeout { after: std::time::Duration::from_secs(60) },
        Fault::ServerError { status: 500 },
    ];
    for fault in faults {
        let (facts, count) = asked([Err(fault.clone()), Ok(strength())]).await;
        assert!(matches!(facts, Err(NotAsked::Fault(_))), "{fault}");
        assert_eq!(count, 1, "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_question_that_is_answered_with_no_is_noted_and_rules_nothing_out() {
    let off = || Ok(no("You do not have the feature “email”."));
    let (facts, count) = asked([off(), off(), off()]).await;
    let facts = facts.unwrap();
    assert_eq!((count, facts.notes.len()), (3, 3));
    assert!(facts.notes[2].contains("feature"), "{}", facts.notes[2]);
    assert!(facts.own.standing(&Address::parse("anna@example.com").unwrap()).is_some());
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_of_mailboxes_rules_nothing_out() {
    let (facts, _) = asked([Ok(account()), Ok(strength()), Ok(holding(&json!([])))]).await;
    let facts = facts.unwrap();
    assert!(facts.own.mailboxes.is_none());
    assert_eq!(facts.notes.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_panel_may_list_domains_in_their_own_script() {
    let (facts, _) =
        asked([Ok(account()), Ok(strength()), Ok(holding(&json!([mailbox("anna@bücher.example", 0)])))]).await;
    assert!(facts.unwrap().own.standing(&Address::parse("anna@xn--bcher-kva.example").unwrap()).is_some());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_dies_between_the_questions_is_denied_once() {
    let (facts, count) = asked([Ok(account()), Err(denied()), Err(denied())]).await;
    assert!(matches!(facts, Err(NotAsked::Fault(Fault::Denied { .. }))));
    assert_eq!(count, 2);
}

#[test]
fn entries_are_planned_by_what_the_panel_told() {
    let change = |address: &str| Entry {
        row: 2,
        target: Address::parse(address).ok().map(Into::into),
        account: None,
        task: Task::Change(SecretString::from("c4nary-Password").into()),
    };
    let other = |task| Entry { row: 3, target: None, account: None, task };
    let entries = [
        change("anna@example.com"),
        change("bert@example.com"),
        change("carl@example.com"),
        other(Task::Repeat { first: 0 }),
        other(Task::Invalid(Vec::new())),
        other(Task::Skipped(Reason::Filtered)),
    ];
    let standing = |login_suspended| Standing { login_suspended };
    let mailboxes =
        [("anna@example.com".to_owned(), standing(false)), ("bert@example.com".to_owned(), standing(true))].into();
    let plan =
        plan(&entries, &Facts { own: Home { suspended: false, mailboxes: Some(mailboxes) }, ..Facts::default() });
    assert_eq!((plan.changes, plan.repeats, plan.invalid, plan.skipped), (2, 1, 1, 1));
    assert_eq!(plan.ruling(2), Some(Reason::NoSuchMailbox));
    assert_eq!((plan.ruled_out.len(), plan.suspended.iter().copied().collect::<Vec<_>>()), (1, vec![1]));
    assert!(!format!("{plan:?}").contains("c4nary"));
}

#[test]
fn an_account_tells_its_old_password_and_needs_a_way_for_it() {
    let own = |old: Option<&str>| {
        let passwords = Passwords { new: "c4nary-Password".into(), old: old.map(SecretString::from) };
        let target = Some(Target::Account(AccountName::parse("shop").unwrap()));
        Entry { row: 2, target, account: None, task: Task::Change(passwords) }
    };
    let entries = [own(None), own(Some("c4nary-Before"))];
    for (arguments_only, second) in [(false, None), (true, Some(Reason::ArgumentsOnly))] {
        let plan = plan(&entries, &Facts { arguments_only, ..Facts::default() });
        assert_eq!((plan.ruling(0), plan.ruling(1)), (Some(Reason::NoOldPassword), second));
    }
}

#[test]
fn a_row_for_another_account_than_ours_is_never_sent() {
    let name = |name: &str| AccountName::parse(name).unwrap();
    let row = |target: Target, account: Option<&str>| {
        let passwords = Passwords { new: "c4nary-Password".into(), old: Some("c4nary-Before".into()) };
        Entry { row: 2, target: Some(target), account: account.map(name), task: Task::Change(passwords) }
    };
    let anna = || Target::Mailbox(Address::parse("anna@example.com").unwrap());
    let entries = [
        row(anna(), Some("shop")),
        row(anna(), Some("studio")),
        row(Target::Account(name("shop")), None),
        row(Target::Account(name("studio")), None),
    ];
    let plan = plan(&entries, &Facts { user: Some(String::from("Shop")), ..Facts::default() });
    let wrong = Some(Reason::WrongAccount);
    assert_eq!([0, 1, 2, 3].map(|index| plan.ruling(index)), [None, wrong, None, wrong]);
}

#[test]
fn what_an_earlier_session_may_have_made_counts_as_a_change() {
    let passwords = || Passwords { new: "c4nary-Password".into(), old: None };
    let row = |target: Target| Entry { row: 2, target: Some(target), account: None, task: Task::Change(passwords()) };
    let account = || row(Target::Account(AccountName::parse("shop").unwrap()));
    let entries = [account(), account(), row(Target::Mailbox(Address::parse("anna@example.com").unwrap()))];
    let plan = plan(&entries, &Facts::default()).with_doubtful(&entries, &[1, 2].into());
    assert_eq!((plan.changes, plan.accounts), (2, 1), "anna's is counted once");
    assert_eq!([0, 1, 2].map(|index| plan.ruling(index)), [Some(Reason::NoOldPassword), None, None]);
}
