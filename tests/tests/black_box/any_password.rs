//! Whatever a password is made of, it arrives as it is.

use cprekey_tests::{ACCOUNTS, BEFORE, Panel, Place};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use serde_json::json;

use crate::reset::lenient_panel;

const AT_ONCE: usize = 25;

fn password() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        any::<char>().prop_filter("no control character", |letter| !letter.is_control()),
        select("&+%#;=\\'\"<>, _x0041_/?@-".chars().collect::<Vec<_>>()),
    ];
    vec(letter, 1..40).prop_map(String::from_iter)
}

fn arrives(place: &Place, panel: &Panel, list: &str, rows: &[(String, String)]) {
    let run = place.apply(list).on(panel).args(["--allow-spaces"]).run();
    assert_eq!((run.code, run.report().len()), (0, rows.len()), "{run}");
    let wrong: Vec<_> = rows.iter().zip(panel.verify_all(rows)).filter(|(_, fits)| !fits).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: 8, max_shrink_iters: 60, failure_persistence: None, ..Config::default() })
}

#[test]
fn arrives_byte_for_byte() {
    let place = Place::new();
    let panel = lenient_panel(&place, AT_ONCE);
    let property = |passwords: Vec<String>| {
        let rows: Vec<_> = (1..).map(|n| format!("user{n}@example.com")).zip(passwords).collect();
        place.csv("list.csv", rows.clone());
        arrives(&place, &panel, "list.csv", &rows);
        place.xlsx("list.xlsx", rows.clone());
        arrives(&place, &panel, "list.xlsx", &rows);
        Ok(())
    };
    runner().run(&vec(password(), AT_ONCE), property).unwrap();
}

/// Applies a list through WHM with one job, so that all of it goes in one batch.
fn arrives_in_a_batch(place: &Place, panel: &Panel, rows: &[(String, String)], kind: &str) {
    place.csv("list.csv", rows.iter().cloned());
    let options = ["--allow-spaces", "--kind", kind, "--jobs", "1"];
    let run = place.apply("list.csv").args(options).through_whm(panel).run();
    assert_eq!((run.code, run.report().len()), (0, rows.len()), "{run}");
    let wrong: Vec<_> = rows.iter().zip(panel.verify_all(rows)).filter(|(_, fits)| !fits).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn arrives_byte_for_byte_in_a_batch() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 1, "");
    panel.behaviour(&json!({"required_strength": 0}));
    let property = |passwords: Vec<String>| {
        let mailboxes = ACCOUNTS.map(|(_, domain)| format!("user1@{domain}"));
        let mailboxes: Vec<_> = mailboxes.into_iter().zip(passwords.clone()).collect();
        arrives_in_a_batch(&place, &panel, &mailboxes, "mailbox");
        let accounts: Vec<_> = ACCOUNTS.map(|(name, _)| name.to_owned()).into_iter().zip(passwords).collect();
        arrives_in_a_batch(&place, &panel, &accounts, "account");
        Ok(())
    };
    runner().run(&vec(password(), ACCOUNTS.len()), property).unwrap();
    assert_eq!(panel.counters().requests() - panel.counters().calls("whm::listaccts"), 8 * (1 + 5 + 1 + 1));
}

#[test]
fn an_old_password_arrives_byte_for_byte_too() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 1, "");
    panel.behaviour(&json!({"required_strength": 0}));
    let old = std::cell::RefCell::new(BEFORE.to_owned());
    let property = |new: String| {
        place.secret(&new);
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let list = format!("account,password,old password\nshop,{},{}\n", cell(&new), cell(&old.borrow()));
        place.private("list.csv", list);
        let run = place.apply("list.csv").args(["--allow-spaces", "--kind", "account"]).on(&panel).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{run}");
        assert!(panel.verify("shop", &new));
        old.replace(new);
        Ok(())
    };
    runner().run(&password(), property).unwrap();
}
