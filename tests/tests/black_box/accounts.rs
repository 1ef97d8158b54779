//! The passwords of cPanel accounts, by the account itself and through WHM.

use cprekey_tests::{ACCOUNTS, BEFORE, Panel, Place, Row, Run};
use serde_json::{Value, json};

const OWN: &str = "Passwd::change_password";
const WHM: &str = "whm::passwd";
const PASSWORD: &str = "Tide&Orchard#7";

/// A list with these lines, whose passwords are secret, and a panel of five accounts with two mailboxes each.
fn ready(lines: &[&str]) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 2, "");
    place.secret(PASSWORD);
    place.private("list.csv", lines.join("\n"));
    (place, panel)
}

/// One account, with its old password where the list has one.
fn one_account(old: &str) -> (Place, Panel) {
    ready(&["account,password,old password", &format!("shop,{PASSWORD},{old}")])
}

const AS_ACCOUNTS: [&str; 4] = ["--kind", "account", "--retries", "0"];

/// What became of the rows: outcome and reason.
fn told(run: &Run) -> Vec<(&str, &str)> {
    run.report().iter().map(|row| (&*row.outcome, &*row.reason)).collect()
}

fn nothing_sent(panel: &Panel) {
    assert_eq!(panel.changes(), []);
    for function in [OWN, WHM, "whm::batch", "Email::passwd_pop"] {
        assert_eq!(panel.counters().calls(function), 0, "{function}");
    }
}

#[test]
fn every_list_that_names_accounts_changes_their_passwords() {
    let line = format!("shop,{PASSWORD},{BEFORE}");
    let by_kind = format!("Shop,{PASSWORD},account,{BEFORE}");
    for (header, line, options) in [
        ("account,new password,old password", &line, &AS_ACCOUNTS[..]),
        ("user,password,old password", &line, &AS_ACCOUNTS),
        ("email,newpass,oldpass", &line, &AS_ACCOUNTS),
        ("compte,nouveau mot de passe,ancien mot de passe", &line, &AS_ACCOUNTS),
        ("email,password,kind,old password", &by_kind, &[]),
        ("email,password,type,old password", &by_kind, &[]),
    ] {
        for through_whm in [false, true] {
            let (place, panel) = ready(&[header, line]);
            let run = place.apply("list.csv").args(options);
            let run = if through_whm { run.through_whm(&panel) } else { run.on(&panel) }.run();
            assert_eq!((run.code, told(&run)), (0, vec![("changed", "")]), "{header}: {run}");
            assert_eq!(run.report()[0].target, "shop");
            assert!(panel.verify("shop", PASSWORD) && !panel.verify("shop", BEFORE), "{header}");
            let expected = if through_whm { (0, 1) } else { (1, 0) };
            assert_eq!((panel.counters().calls(OWN), panel.counters().calls(WHM)), expected, "{header}");
        }
    }
}

#[test]
fn through_whm_no_old_password_is_needed_nor_looked_at() {
    for old in ["", "not-the-0ld-one!"] {
        let (place, panel) = one_account(old);
        let run = place.apply("list.csv").args(AS_ACCOUNTS).through_whm(&panel).run();
        assert_eq!((run.code, told(&run)), (0, vec![("changed", "")]), "{run}");
        assert!(panel.verify("shop", PASSWORD));
    }
}

#[test]
fn a_wrong_old_password_is_refused_in_the_panels_words() {
    let (place, panel) = one_account("not-the-0ld-one!");
    place.secret("not-the-0ld-one!");
    let run = place.apply("list.csv").args(AS_ACCOUNTS).on(&panel).run();
    assert_eq!((run.code, told(&run)), (3, vec![("refused", "rejected")]), "{run}");
    assert_eq!(run.report()[0].detail, "The current password that you entered is not correct.");
    assert!(panel.verify("shop", BEFORE));
    assert_eq!(panel.counters().calls(OWN), 1, "a wrong password is not tried again");
}

#[test]
fn without_an_old_password_nothing_is_sent_to_an_account() {
    for lines in [
        ["account,password,old password", &format!("shop,{PASSWORD},")],
        ["account,password,kind", &format!("shop,{PASSWORD},account")],
    ] {
        let (place, panel) = ready(&lines);
        let plan = place.cprekey(["plan", "list.csv", "--kind", "account"]).on(&panel).run();
        assert!(plan.code == 3 && plan.stdout.contains("must tell the old one"), "{plan}");
        let run = place.apply("list.csv").args(AS_ACCOUNTS).on(&panel).run();
        assert_eq!((run.code, told(&run)), (3, vec![("refused", "no-old-password")]), "{run}");
        nothing_sent(&panel);
    }
}

#[test]
fn the_rows_of_another_account_are_not_sent_to_this_one() {
    let accounts = ["account,password,old password", &format!("studio,{PASSWORD},{BEFORE}")];
    let mailboxes = ["email,password,account", &format!("user1@example.com,{PASSWORD},studio")];
    for (lines, options) in [(accounts, &AS_ACCOUNTS[..]), (mailboxes, &[])] {
        let (place, panel) = ready(&lines);
        let plan = place.cprekey(["plan", "list.csv"]).args(options.iter().take(2)).on(&panel).run();
        assert!(plan.code == 3 && plan.stdout.contains("for another account"), "{plan}");
        let run = place.apply("list.csv").args(options).on(&panel).run();
        assert_eq!((run.code, told(&run)), (3, vec![("refused", "wrong-account")]), "{run}");
        nothing_sent(&panel);
    }
}

#[test]
fn an_account_that_is_not_there_is_not_asked_for() {
    let (place, panel) = ready(&["account,password", &format!("nobody,{PASSWORD}")]);
    let run = place.apply("list.csv").args(AS_ACCOUNTS).through_whm(&panel).run();
    assert_eq!((run.code, told(&run)), (3, vec![("refused", "no-such-account")]), "{run}");
    nothing_sent(&panel);
}

#[test]
fn a_weak_password_of_an_account_is_refused() {
    for through_whm in [false, true] {
        let (place, panel) = ready(&["account,password,old password", &format!("shop,hello7,{BEFORE}")]);
        let run = place.apply("list.csv").args(AS_ACCOUNTS);
        let run = if through_whm { run.through_whm(&panel) } else { run.on(&panel) }.run();
        assert_eq!((run.code, told(&run)), (3, vec![("refused", "too-weak")]), "{run}");
        assert!(panel.verify("shop", BEFORE));
    }
}

#[test]
fn the_services_that_have_the_new_password_stand_in_the_report_and_the_database_is_none_unasked() {
    let done = "Password changed for user “shop”.; changed for: system, ftp, mail";
    for through_whm in [false, true] {
        for (options, detail) in [(&[][..], done), (&["--update-db-password"], &format!("{done}, mySQL"))] {
            let (place, panel) = one_account(BEFORE);
            let run = place.apply("list.csv").args(AS_ACCOUNTS).args(options);
            let run = if through_whm { run.through_whm(&panel) } else { run.on(&panel) }.run();
            assert_eq!((run.code, &*run.report()[0].detail), (0, detail), "{run}");
        }
    }
}

/// Changes the password of one account on a panel that answers so, and holds what the run says against what the panel knows.
fn assert_told(answer: &Value, through_whm: bool, expected: (&str, &str, i32)) -> (Row, Panel) {
    let (place, panel) = one_account(BEFORE);
    let mut rule = answer.clone();
    rule["match"]["function"] = json!(if through_whm { WHM } else { OWN });
    panel.switch(&rule);
    let run = place.apply("list.csv").args(AS_ACCOUNTS).args(["--timeout", "1", "--retries", "2"]);
    let run = if through_whm { run.through_whm(&panel) } else { run.on(&panel) }.run();
    let row = run.report()[0].clone();
    assert_eq!((&*row.outcome, &*row.reason, run.code), expected, "{answer}: {run}");
    match row.outcome.as_str() {
        "changed" => assert!(panel.verify("shop", PASSWORD), "{answer}: {run}"),
        "refused" | "not-tried" => assert!(panel.verify("shop", BEFORE), "{answer}: {run}"),
        _ => {}
    }
    (row, panel)
}

#[test]
fn verdicts_of_api_2_that_contradict_each_other_are_no_success() {
    let bad = ("unknown", "bad-answer", 7);
    for (answer, expected) in [
        ("api2-event-1-data-0", ("refused", "rejected", 3)),
        ("api2-event-0-data-1", bad),
        ("api2-error-with-success", bad),
        ("api2-data-object", ("changed", "", 0)),
        ("string-status", ("changed", "", 0)),
        ("no-status", bad),
    ] {
        let (row, panel) = assert_told(&json!({"answer": answer}), false, expected);
        assert_eq!((row.attempts, panel.counters().calls(OWN)), (1, 1), "{answer}");
    }
}

#[test]
fn verdicts_of_whm_that_contradict_each_other_are_no_success() {
    // It says no, and nobody can tell that it was done all the same.
    let (place, panel) = one_account(BEFORE);
    panel.switch(&json!({"match": {"function": WHM}, "answer": "whm-result-0"}));
    let run = place.apply("list.csv").args(AS_ACCOUNTS).through_whm(&panel).run();
    assert_eq!((run.code, told(&run)), (3, vec![("refused", "rejected")]), "{run}");
    let yes_and_no = "{\"metadata\":{\"result\":1,\"reason\":\"OK\",\"command\":\"passwd\"},\"status\":0,\"data\":{}}";
    let without = "{\"metadata\":{\"reason\":\"OK\",\"command\":\"passwd\"},\"data\":{\"app\":[\"system\"]}}";
    let of_uapi = "{\"status\":1,\"errors\":null,\"messages\":null,\"data\":null}";
    for body in [yes_and_no, without, of_uapi, "null", "[]", "{\"cpanelresult\":{\"event\":{\"result\":1}}}"] {
        assert_told(&json!({"answer": "raw", "body": body}), true, ("unknown", "bad-answer", 7));
    }
}

#[test]
fn a_lost_answer_to_an_account_is_not_asked_for_again() {
    for (answer, reason) in [
        ("reset-after", "connection-lost"),
        ("truncated", "connection-lost"),
        ("stall", "timeout"),
        ("status-503", "busy"),
        ("status-500", "server-error"),
        ("garbage", "bad-answer"),
    ] {
        let (row, panel) = assert_told(&json!({"answer": answer}), false, ("unknown", reason, 7));
        assert_eq!((row.attempts, panel.counters().calls(OWN)), (1, 1), "{answer}");
    }
    let busy = json!({"match": {"count": 1}, "answer": "status-429"});
    let (row, panel) = assert_told(&busy, false, ("changed", "", 0));
    assert_eq!((row.attempts, panel.counters().calls(OWN)), (2, 2), "what was not begun is tried again");
}

#[test]
fn a_lost_answer_of_whm_is_asked_for_again() {
    for answer in ["reset-after", "truncated", "status-503"] {
        let (row, panel) = assert_told(&json!({"match": {"count": 1}, "answer": answer}), true, ("changed", "", 0));
        assert_eq!((row.attempts, panel.counters().calls(WHM)), (2, 2), "{answer}");
    }
}

#[test]
fn a_refused_credential_changes_no_account() {
    for answer in ["denied-403", "login-page-200", "redirect"] {
        for through_whm in [false, true] {
            assert_told(&json!({"answer": answer}), through_whm, ("not-tried", "access-denied", 4));
        }
    }
}

#[test]
fn a_verification_of_all_tells_which_accounts_it_could_not_settle() {
    let (place, panel) = one_account(BEFORE);
    let run = place.apply("list.csv").args(AS_ACCOUNTS).args(["--verify", "all"]).on(&panel).run();
    assert_eq!((run.code, told(&run)), (0, vec![("changed", "not-verified")]), "{run}");
}

/// Two mailboxes and three accounts, in turn; one of each is too weak.
fn mixed() -> (Place, Panel) {
    ready(&[
        "address,password,kind",
        &format!("user1@example.com,{PASSWORD},mailbox"),
        &format!("shop,{PASSWORD},account"),
        "user2@example.net,hello7,",
        "studio,hello8,account",
        &format!("press,{PASSWORD},account"),
    ])
}

#[test]
fn mailboxes_and_accounts_go_together_and_singly_to_the_same_end() {
    let expected =
        [("changed", ""), ("changed", ""), ("refused", "too-weak"), ("refused", "too-weak"), ("changed", "")];
    let reports = [&["--batch", "1"][..], &[]].map(|options| {
        let (place, panel) = mixed();
        let plan = place.cprekey(["plan", "list.csv"]).through_whm(&panel).run();
        assert!(plan.code == 0 && plan.stdout.contains("2 mailboxes and 3 accounts"), "{plan}");
        let run = place.apply("list.csv").args(options).args(["--jobs", "1"]).through_whm(&panel).run();
        assert_eq!((run.code, told(&run)), (3, expected.to_vec()), "{run}");
        assert_eq!(panel.verify_all(&[("shop", PASSWORD), ("studio", BEFORE), ("press", PASSWORD)]), [true; 3]);
        assert_eq!(panel.counters().calls("whm::batch"), u64::from(options.is_empty()));
        run.report().to_vec()
    });
    let fates = |rows: &[Row]| -> Vec<_> { rows.iter().map(|row| format!("{:?}", row.fate())).collect() };
    assert_eq!(fates(&reports[0]), fates(&reports[1]));
}

#[test]
fn an_account_changes_its_mailboxes_and_itself_in_one_list() {
    let (place, panel) = ready(&[
        "address,password,kind,old password",
        &format!("user1@example.com,{PASSWORD},mailbox,"),
        &format!("shop,{PASSWORD},account,{BEFORE}"),
        &format!("user2@example.com,{PASSWORD}2,,"),
        &format!("studio,{PASSWORD},account,{BEFORE}"),
    ]);
    let run = place.apply("list.csv").on(&panel).run();
    let expected = [("changed", ""), ("changed", ""), ("changed", ""), ("refused", "wrong-account")];
    assert_eq!((run.code, told(&run)), (3, expected.to_vec()), "{run}");
    let targets = [("user1@example.com", PASSWORD), ("shop", PASSWORD), ("studio", BEFORE)];
    assert_eq!(panel.verify_all(&targets), [true; 3]);
}

#[test]
fn what_failed_is_read_back_and_applied() {
    let (place, panel) = mixed();
    let rule = |function: &str| json!({"match": {"function": function}, "answer": "refuse", "text": "Not today."});
    panel.switch(&json!([rule(WHM), rule("Email::passwd_pop")]));
    let run = place.apply("list.csv").args(["--failed", "again.csv"]).through_whm(&panel).run();
    assert_eq!((run.code, run.outcomes(), place.mode("again.csv")), (3, vec!["refused"; 5], 0o600), "{run}");
    panel.clear_switches();
    let again = place.apply("again.csv").through_whm(&panel).run();
    let targets: Vec<_> = again.report().iter().map(|row| &*row.target).collect();
    assert_eq!(targets, ["user1@example.com", "shop", "user2@example.net", "studio", "press"]);
    assert_eq!(again.outcomes(), ["changed", "changed", "refused", "refused", "changed"], "{again}");
}

#[test]
fn what_an_account_failed_to_change_is_read_back_with_its_old_password() {
    let (place, panel) = one_account(BEFORE);
    panel.switch(&json!({"match": {"function": OWN, "count": 1}, "answer": "refuse", "text": "Not today."}));
    let run = place.apply("list.csv").args(AS_ACCOUNTS).args(["--failed", "again.csv"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused"]), "{run}");
    let again = place.apply("again.csv").on(&panel).run();
    assert_eq!((again.code, told(&again)), (0, vec![("changed", "")]), "{again}");
    assert!(panel.verify("shop", PASSWORD));
}

#[test]
fn a_plan_for_programs_tells_every_target() {
    let (place, panel) = mixed();
    let plan = place.cprekey(["plan", "list.csv", "--output", "json"]).through_whm(&panel).run();
    let events = plan.events();
    let targets: Vec<_> = events.iter().filter_map(|event| event["target"].as_str()).collect();
    assert_eq!(targets, ["user1@example.com", "shop", "user2@example.net", "studio", "press"], "{plan}");
    let last = events.last().unwrap();
    assert_eq!((&last["event"], &last["changes"], &last["refused"]), (&json!("plan"), &json!(5), &json!(0)), "{plan}");
    assert_eq!((plan.code, &last["notes"]), (0, &json!([])), "{plan}");
}

#[test]
fn the_accounts_of_a_server_are_changed_in_one_batch() {
    let lines: Vec<_> = ACCOUNTS.iter().map(|(account, _)| format!("{account},{PASSWORD}{account}")).collect();
    let lines: Vec<&str> = ["account,password"].into_iter().chain(lines.iter().map(String::as_str)).collect();
    let (place, panel) = ready(&lines);
    let run = place.apply("list.csv").args(AS_ACCOUNTS).args(["--jobs", "1"]).through_whm(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 5]), "{run}");
    // Which accounts there are, and the batch: no account is asked for mailboxes that nobody wants changed.
    assert_eq!(panel.counters().requests(), 2);
}
