//! Whose a mailbox is: looked up, or told, and what comes of it where nobody knows.

use cprekey_tests::{ACCOUNTS, Panel, Place, Run};
use serde_json::{Value, json};

use crate::server::{assert_honest, counts, fates, list};

const OWNER: &str = "whm::getdomainowner";
const PASSWORD: &str = "Tide&Orchard#7";

/// A token of root that may neither list accounts nor ask for the owners of domains, where the panel wants a privilege for that.
const NARROW: &str = "[[whm]]\nuser = 'root'\ntokens = [{ name = 'narrow', acls = ['passwd'] }]\n";

/// Two accounts with domains beside their main ones, one of them of a reseller.
const SEVERAL: &str = "\
[[whm]]
user = 'root'
[[whm]]
user = 'agency'
[[account]]
name = 'shop'
domain = 'example.com'
domains = ['addon.example', 'more.example']
mailboxes = [{ address = 'anna@example.com' }, { address = 'anna@addon.example' }, { address = 'bert@addon.example' }, { address = 'anna@more.example' }]
[[account]]
name = 'studio'
domain = 'example.net'
owner = 'agency'
domains = ['other.example']
mailboxes = [{ address = 'anna@example.net' }, { address = 'anna@other.example' }]
";

fn several(addresses: &[&str]) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::start_with(&place, SEVERAL, &["--no-hashing"]);
    place.csv("list.csv", addresses.iter().zip(1..).map(|(address, number)| (address, format!("{PASSWORD}{number}"))));
    (place, panel)
}

/// A list of ten mailboxes of five accounts, and one with their accounts beside; the token may not ask, where that needs a privilege.
fn narrow(listing: bool, owners: bool) -> (Place, Panel) {
    let place = Place::new();
    let rows = list(&place, 2);
    let panel = Panel::with_accounts(&place, 2, NARROW);
    let needs = |needed: bool| if needed { "list-accts" } else { "passwd" };
    panel.behaviour(&json!({"acls": {"listaccts": needs(listing), "getdomainowner": needs(owners)}}));
    let named = rows
        .iter()
        .zip(ACCOUNTS.iter().cycle())
        .map(|((address, password), (account, _))| format!("{address},{password},{account}\n"));
    place.private("named.csv", ["email,password,account\n".to_owned()].into_iter().chain(named).collect::<String>());
    (place, panel)
}

fn nothing_sent(panel: &Panel) {
    assert_eq!(panel.changes(), []);
    for function in ["whm::batch", "whm::passwd", "Email::passwd_pop", "Email::verify_password"] {
        assert_eq!(panel.counters().calls(function), 0, "{function}");
    }
}

/// All rows were refused for this reason, and nothing was sent.
fn assert_ruled_out(run: &Run, panel: &Panel, reason: &str) {
    let all = [(("refused", reason), run.report().len())].into();
    assert_eq!((run.code, counts(run)), (3, all), "{run}");
    nothing_sent(panel);
}

#[test]
fn the_owners_of_main_domains_are_told_by_the_list_of_accounts_and_each_other_is_asked_for_once() {
    let main = ["anna@example.com", "anna@example.net"];
    let others = ["anna@addon.example", "bert@addon.example", "anna@more.example", "ANNA@Other.Example"];
    let (place, panel) = several(&[main, others[..2].try_into().unwrap()].concat());
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 4)].into()), "{run}");
    assert_eq!((panel.counters().calls("whm::listaccts"), panel.counters().calls(OWNER)), (1, 1), "one other domain");
    let (place, panel) = several(&[&main[..], &others].concat());
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 6)].into()), "{run}");
    assert_eq!(panel.counters().calls(OWNER), 3);
    let (place, panel) = several(&main);
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, panel.counters().calls(OWNER)), (0, 0), "{run}");
}

#[test]
fn a_domain_that_nobody_has_is_refused_before_anything_is_sent() {
    let (place, panel) = several(&["anna@nobody.example", "bert@nobody.example"]);
    let plan = place.cprekey(["plan", "list.csv"]).through_whm(&panel).run();
    assert!(plan.code == 3 && plan.stdout.contains("the panel knows no account that owns the domain"), "{plan}");
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_ruled_out(&run, &panel, "no-such-domain");
    panel.behaviour(&json!({"unknown_domain": "refuse"}));
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_ruled_out(&run, &panel, "no-owner");
    assert!(run.stderr.contains("nobody.example"), "{run}");
}

#[test]
fn a_reseller_reaches_their_own_accounts_alone() {
    let (place, panel) = several(&["anna@example.com", "anna@example.net", "anna@other.example", "anna@addon.example"]);
    let run = place.apply("list.csv").through_whm(&panel).user("agency").run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused", "changed", "changed", "refused"]), "{run}");
    assert_eq!([0, 3].map(|row: usize| run.report()[row].reason.clone()), ["no-such-domain", "no-such-domain"]);
    let run = place.apply("list.csv").args(["--account", "shop"]).through_whm(&panel).user("agency").run();
    assert_eq!((run.code, counts(&run)), (3, [(("refused", "no-such-account"), 4)].into()), "{run}");
}

#[test]
fn the_account_of_all_is_not_looked_up() {
    let (place, panel) = several(&["anna@example.com", "anna@addon.example", "anna@more.example"]);
    let run = place.apply("list.csv").args(["--account", "Shop"]).through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 3)].into()), "{run}");
    assert_eq!(panel.counters().calls(OWNER), 0);
    let run = place.apply("list.csv").args(["--account", "studio"]).through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (3, [(("refused", "no-such-mailbox"), 3)].into()), "{run}");
}

#[test]
fn an_account_that_is_not_there_is_refused_before_anything_is_sent() {
    let (place, panel) = several(&["anna@example.com", "anna@addon.example"]);
    let run = place.apply("list.csv").args(["--account", "nobody"]).through_whm(&panel).run();
    assert_ruled_out(&run, &panel, "no-such-account");
}

#[test]
fn the_account_of_a_row_wins_over_the_account_of_all() {
    let (place, panel) = several(&[]);
    let list = format!("email,password,account\nanna@example.net,{PASSWORD},studio\nanna@example.com,{PASSWORD},\n");
    place.private("list.csv", list);
    let run = place.apply("list.csv").args(["--account", "shop"]).through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 2)].into()), "{run}");
    assert_eq!(panel.counters().calls(OWNER), 0);
}

#[test]
fn a_token_that_may_not_list_accounts_asks_for_each_domain() {
    let (place, panel) = narrow(true, false);
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 10)].into()), "{run}");
    assert_eq!(panel.counters().calls(OWNER), 5);
    assert!(run.stderr.contains("the panel did not say which accounts there are: "), "{run}");
    assert_eq!(run.stderr.matches("the panel did not say").count(), 1, "{run}");
}

#[test]
fn a_token_that_may_not_ask_for_owners_goes_by_the_list_of_accounts() {
    let (place, panel) = narrow(false, true);
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (0, [(("changed", ""), 10)].into()), "{run}");
    assert!(!run.stderr.contains("warning"), "{run}");
}

#[test]
fn a_token_that_may_ask_nothing_needs_to_be_told() {
    let (place, panel) = narrow(true, true);
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_ruled_out(&run, &panel, "no-owner");
    assert!(run.stderr.contains("example.com (") && run.stderr.contains("--account"), "{run}");
    let mut report = Vec::new();
    for (account, domain) in ACCOUNTS {
        let its_own = format!("*@{domain}");
        let run = place.apply("list.csv").args(["--account", account, "--include", &its_own]).through_whm(&panel).run();
        assert_eq!((run.code, counts(&run)[&("changed", "")]), (0, 2), "{run}");
        report.extend(run.report().iter().filter(|row| row.outcome == "changed").cloned());
    }
    report.sort_by_key(|row| row.row);
    let named = place.apply("named.csv").through_whm(&panel).run();
    assert_eq!((named.code, fates(named.report())), (0, fates(&report)), "{named}");
}

#[test]
fn the_account_of_a_row_comes_to_the_same_as_looking_it_up() {
    let reports = ["list.csv", "named.csv"].map(|name| {
        let (place, panel) = narrow(false, false);
        let run = place.apply(name).through_whm(&panel).run();
        assert_eq!(run.code, 0, "{run}");
        run.report().to_vec()
    });
    assert_eq!(fates(&reports[0]), fates(&reports[1]));
}

#[test]
fn questions_without_a_usable_answer_rule_nothing_out() {
    for answer in ["garbage", "html", "no-status"] {
        for function in ["Email::list_pops", "PasswdStrength::get_required_strength"] {
            let place = Place::new();
            list(&place, 1);
            let panel = Panel::with_accounts(&place, 1, "");
            panel.switch(&json!({"match": {"function": function}, "answer": answer}));
            let run = place.apply("list.csv").args(["--retries", "0", "--jobs", "1"]).through_whm(&panel).run();
            assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 5]), "{function} {answer}: {run}");
            assert!(run.stderr.contains("the panel did not say"), "{run}");
        }
    }
}

#[test]
fn a_panel_that_fails_at_every_question_is_given_up() {
    let place = Place::new();
    let rows = list(&place, 1);
    let panel = Panel::with_accounts(&place, 1, "");
    panel.switch(&json!({"match": {"function": "Email::list_pops"}, "answer": "status-500"}));
    let run = place.apply("list.csv").args(["--retries", "0", "--jobs", "1"]).through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (1, [(("not-tried", "no-answer"), 5)].into()), "{run}");
    assert_honest(&panel, &rows, run.report());
}

#[test]
fn suspended_accounts_are_told_of_before_anything_is_sent() {
    let (place, panel) = several(&[]);
    drop(panel);
    let config =
        SEVERAL.replace("name = 'studio'\n", "name = 'studio'\nsuspended = true\npassword = 'before-This-1!'\n");
    let panel = Panel::start_with(&place, &config, &["--no-hashing"]);
    let list = format!(
        "email,password,kind\nanna@example.com,{PASSWORD},mailbox\nanna@example.net,{PASSWORD},mailbox\nstudio,{PASSWORD}8,account\n"
    );
    place.private("list.csv", list);
    place.secret(PASSWORD);
    let plan = place.cprekey(["plan", "list.csv", "--output", "json"]).through_whm(&panel).run();
    let told = |event: &Value| (event["verdict"].clone(), event["reason"].clone(), event["login_suspended"].clone());
    let planned: Vec<_> = plan.events().iter().filter(|event| event["event"] == "planned").map(told).collect();
    let expected = [
        (json!("change"), json!(null), json!(false)),
        (json!("change"), json!(null), json!(true)),
        (json!("refused"), json!("account-suspended"), json!(false)),
    ];
    assert_eq!((plan.code, planned), (3, expected.to_vec()), "{plan}");
    let plan = place.cprekey(["plan", "list.csv"]).through_whm(&panel).run();
    assert!(plan.stdout.contains("the account is suspended, so its password cannot be changed"), "{plan}");
    assert!(plan.stdout.contains("row 3  anna@example.net") && plan.stdout.contains("row 4  studio"), "{plan}");
    nothing_sent(&panel);
    let run = place.apply("list.csv").through_whm(&panel).run();
    let expected = [("changed", ""), ("refused", "account-suspended"), ("refused", "account-suspended")];
    let told: Vec<_> = run.report().iter().map(|row| (&*row.outcome, &*row.reason)).collect();
    assert_eq!((run.code, told), (3, expected.to_vec()), "{run}");
    assert_eq!(panel.counters().calls("whm::passwd"), 0);
}
