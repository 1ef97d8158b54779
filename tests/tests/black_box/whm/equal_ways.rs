//! One list comes to the same by every way: account by account, through WHM one by one, and through WHM in batches.

use cprekey_tests::{ACCOUNTS, Panel, Place, Row};
use serde_json::{Value, json};

use crate::server::{Rows, assert_honest, fates, list, list_with_weak};

/// Applies the list account by account, by the token of each, and gives what became of its rows.
fn by_account(place: &Place, panel: &Panel) -> Vec<Row> {
    let mut report = Vec::new();
    for (account, domain) in ACCOUNTS {
        let its_own = format!("*@{domain}");
        let run = place.apply("list.csv").args(["--include", &its_own]).on(panel).user(account).run();
        assert!([0, 3].contains(&run.code), "{run}");
        report.extend(run.report().iter().filter(|row| row.target.ends_with(domain)).cloned());
    }
    report.sort_by_key(|row| row.row);
    report
}

/// Applies the list through WHM.
fn through_whm(place: &Place, panel: &Panel, options: &[&str]) -> Vec<Row> {
    let run = place.apply("list.csv").args(options).through_whm(panel).run();
    assert!([0, 3].contains(&run.code), "{run}");
    run.report().to_vec()
}

/// Applies a list by every way, each on a panel of its own; gives how many requests WHM had with and without batches.
fn assert_equal_ways(each: usize, list: fn(&Place, usize) -> Rows, refused: usize) -> [u64; 2] {
    let place = Place::new();
    let rows = list(&place, each);
    let [own, singly, batched] = [(); 3].map(|()| Panel::with_accounts(&place, each, ""));
    let expected = by_account(&place, &own);
    assert_honest(&own, &rows, &expected);
    assert_eq!(expected.iter().filter(|row| row.outcome == "changed").count(), rows.len() - refused);
    assert_eq!(expected.iter().filter(|row| row.reason == "too-weak").count(), refused);
    for (panel, options) in [(&singly, &["--batch", "1"][..]), (&batched, &[])] {
        let report = through_whm(&place, panel, options);
        assert_eq!(fates(&report), fates(&expected), "{options:?}");
        assert_eq!(panel.verify_all(&rows), own.verify_all(&rows), "{options:?}");
        assert_eq!(panel.changes().len(), rows.len() - refused, "{options:?}");
    }
    [&batched, &singly].map(|panel| panel.counters().requests())
}

#[test]
fn five_hundred_mailboxes_of_five_accounts_come_to_the_same_by_every_way() {
    let [batched, singly] = assert_equal_ways(100, list, 0);
    // Which accounts there are, how strong a password must be, and the mailboxes of each account; then the changes.
    assert_eq!(singly, 1 + 1 + 5 + 500);
    // Batches become smaller towards the end, so that all jobs end together.
    assert!(batched <= 1 + 1 + 5 + 40, "{batched}");
}

#[test]
fn one_weak_password_in_ten_comes_to_the_same_by_every_way() {
    assert_equal_ways(20, list_with_weak, 10);
}

/// Applies a list with weak passwords in batches on a panel that behaves so, and expects of it what comes of single requests elsewhere.
fn assert_as_singly(rules: &Value, behaviour: &Value, options: &[&str]) -> Panel {
    let place = Place::new();
    let rows = list_with_weak(&place, 20);
    let [calm, panel] = [(); 2].map(|()| Panel::with_accounts(&place, 20, ""));
    let expected = through_whm(&place, &calm, &["--batch", "1"]);
    panel.switch(rules);
    panel.behaviour(behaviour);
    let report = through_whm(&place, &panel, &[&["--jobs", "2"], options].concat());
    assert_eq!(fates(&report), fates(&expected), "{rules} {behaviour} {options:?}");
    assert_honest(&panel, &rows, &report);
    assert_eq!(panel.verify_all(&rows), calm.verify_all(&rows));
    panel
}

fn second_batch(answer: &str) -> Value {
    json!([{"match": {"function": "whm::batch", "from": 2, "count": 1}, "answer": answer}])
}

#[test]
fn a_batch_whose_answer_is_cut_off_comes_to_the_same() {
    for answer in ["truncated", "short-batch", "close", "garbage", "empty", "no-status", "status-503", "reset-before"] {
        let panel = assert_as_singly(&second_batch(answer), &json!({}), &["--retries", "0"]);
        assert!(panel.counters().calls("whm::batch") >= 4, "{answer}: batches go on");
    }
}

#[test]
fn a_batch_whose_answer_is_lost_is_made_good_one_by_one_whatever_the_retries() {
    for retries in ["0", "3"] {
        let panel = assert_as_singly(&second_batch("reset-after"), &json!({}), &["--retries", retries]);
        assert!(panel.counters().calls("whm::batch") >= 4, "{retries}: batches go on");
    }
}

#[test]
fn batches_that_are_all_cut_off_come_to_the_same_at_any_number_of_jobs() {
    let all = json!([{"match": {"function": "whm::batch"}, "answer": "truncated"}]);
    assert_as_singly(&all, &json!({}), &["--retries", "0", "--batch", "5", "--jobs", "8"]);
}

#[test]
fn a_panel_without_batches_is_asked_for_one_once() {
    let panel = assert_as_singly(&json!([]), &json!({"batch": {"known": false}}), &["--jobs", "1"]);
    assert_eq!(panel.counters().calls("whm::batch"), 1);
    let panel = assert_as_singly(&json!([]), &json!({"batch": {"largest": 10}}), &["--jobs", "1"]);
    assert_eq!(panel.counters().calls("whm::batch"), 1);
    let panel = assert_as_singly(&json!([]), &json!({"batch": {"largest": 10}}), &["--batch", "10"]);
    assert_few_singly(&panel);
}

/// Only the last change of each job may have gone singly, because no other was left to go with it.
fn assert_few_singly(panel: &Panel) {
    let asked = 1 + 1 + 5;
    let singly = panel.counters().requests() - asked - panel.counters().calls("whm::batch");
    assert!(singly <= 4, "{singly}");
}

#[test]
fn a_panel_that_counts_every_refusal_against_the_batch_comes_to_the_same() {
    assert_as_singly(&json!([]), &json!({"batch": {"counts_uapi": true}}), &[]);
}

#[test]
fn rows_that_are_no_change_of_their_own_stand_where_they_stood() {
    let lines = [
        "email,password",
        "user1@example.com,Tide&Orchard#1",
        "USER1@Example.com,Tide&Orchard#1",
        "nowhere,Tide&Orchard#2",
        "user1@example.net,Tide&Orchard#3",
        "nobody@example.net,Tide&Orchard#4",
        "user2@example.org,Tide&Orchard#5",
        "user2@garden.example,hello6",
        "user2@garden.example,hello6",
        "user2@press.example,Tide&Orchard#7",
        "user1@press.example,Tide&Orchard#8",
    ];
    let expected = [
        ("changed", ""),
        ("changed", ""),
        ("invalid", "no-domain"),
        ("changed", ""),
        ("refused", "no-such-mailbox"),
        ("skipped", "filtered"),
        ("refused", "too-weak"),
        ("refused", "too-weak"),
        ("changed", ""),
        ("skipped", "over-limit"),
    ];
    let options = ["--skip-invalid", "--exclude", "*@example.org", "--limit", "5", "--jobs", "1"];
    let reports = ["1", "25"].map(|batch| {
        let place = Place::new();
        let panel = Panel::with_accounts(&place, 2, "");
        place.private("list.csv", lines.join("\n"));
        let report = through_whm(&place, &panel, &[&options[..], &["--batch", batch]].concat());
        let told: Vec<_> = report.iter().map(|row| (&*row.outcome, &*row.reason)).collect();
        assert_eq!(told, expected, "--batch {batch}");
        assert_eq!(panel.counters().calls("Email::passwd_pop"), 4, "what stands twice is sent once");
        report
    });
    assert_eq!(fates(&reports[0]), fates(&reports[1]));
}

#[test]
fn a_panel_that_speaks_french_comes_to_the_same() {
    let french = json!({"language": "fr"});
    let place = Place::new();
    list_with_weak(&place, 4);
    let [own, panel] = [(); 2].map(|()| Panel::with_accounts(&place, 4, ""));
    own.behaviour(&french);
    panel.behaviour(&french);
    let expected = by_account(&place, &own);
    let weak: Vec<_> = expected.iter().filter(|row| row.detail.starts_with("Le mot de passe")).collect();
    assert!(weak.len() == 2 && weak.iter().all(|row| row.reason == "too-weak"), "{expected:?}");
    assert_eq!(fates(&through_whm(&place, &panel, &[])), fates(&expected));
}
