//! For whom the programs act, and how many of them run at once.

use std::collections::BTreeSet;
use std::thread::available_parallelism;

use cprekey_tests::{Panel, Person, Place};
use serde_json::json;

use super::ground::{AGENCY, SHOP, panel, ready};

/// Every word that the programs were started with.
fn words(panel: &Panel) -> Vec<String> {
    let log = panel.command_log();
    let words = log.iter().flat_map(|call| call["arguments"].as_array().unwrap().clone());
    words.map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn fates(run: &cprekey_tests::Run) -> Vec<(&str, &str, u32)> {
    run.report().iter().map(|row| (&*row.outcome, &*row.reason, row.attempts)).collect()
}

#[test]
fn a_plain_user_acts_for_nobody_else() {
    let place = Place::new();
    let panel = panel(&place, 2);
    place.secrets(["Tide&Orchard#7", "Tide&Orchard#8", "Tide&Orchard#9"]);
    let list = "email,password,account\nuser1@example.com,Tide&Orchard#7,shop\nuser2@example.com,Tide&Orchard#8,studio\n\
                user1@example.net,Tide&Orchard#9,\n";
    place.private("list.csv", list);
    let run = place.apply("list.csv").locally(&panel, SHOP).run();
    let expected = [("changed", "", 1), ("refused", "wrong-account", 0), ("refused", "no-such-mailbox", 0)];
    assert_eq!((run.code, fates(&run)), (3, expected.to_vec()), "{run}");
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 1);
    let words = words(&panel);
    assert!(!words.iter().any(|word| word.starts_with("--user") || word.contains("studio")), "{words:?}");
    for command in ["plan", "apply"] {
        let run = place.cprekey([command, "list.csv", "--account", "studio"]).locally(&panel, SHOP).run();
        assert!(run.code == 2 && run.stderr.contains("--account names whom root or a reseller acts for"), "{run}");
        let run = place.cprekey([command, "list.csv", "--user", "studio"]).locally(&panel, SHOP).run();
        assert_eq!(run.code, 2, "{run}");
    }
    let run = place.apply("list.csv").locally(&panel, Person::Root).args(["--as", "cpanel"]).run();
    assert!(run.code == 2 && run.stderr.contains("root is no cPanel account"), "{run}");
}

#[test]
fn root_always_says_for_whom() {
    let place = Place::new();
    let panel = panel(&place, 2);
    panel.behaviour(&json!({"local": {"json": []}}));
    place.may_hold_secrets("panel-1/state/command_log");
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("user1@example.net", "Tide&Orchard#8")]);
    let run = place.apply("list.csv").locally(&panel, Person::Root).args(["--allow-argv", "--verify", "all"]).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 2]), "{run}");
    let log = panel.command_log();
    let passed = log.iter().map(|call| call["arguments"].to_string()).filter(|call| call.contains("uapi_cpanel"));
    let passed: Vec<_> = passed.collect();
    assert!(passed.len() >= 6 && passed.iter().all(|call| call.contains("\"cpanel.user=")), "{passed:#?}");
    for (address, account) in [("user1%40example.com", "shop"), ("user1%40example.net", "studio")] {
        let about = passed.iter().filter(|call| call.contains(address));
        assert!(
            about.clone().count() == 2 && about.clone().all(|call| call.contains(&format!("cpanel.user={account}\"")))
        );
    }
    assert!(log.iter().all(|call| call["arguments"][0].as_str().unwrap().ends_with("/whmapi1") && call["euid"] == 0));
}

#[test]
fn root_may_name_the_account() {
    let (place, panel) = ready(1);
    let run = place.apply("list.csv").locally(&panel, Person::Root).args(["--account", "shop"]).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{run}");
    let run = place.apply("list.csv").locally(&panel, Person::Root).args(["--account", "studio"]).run();
    assert_eq!((run.code, fates(&run)), (3, vec![("refused", "no-such-mailbox", 0)]), "{run}");
}

#[test]
fn a_reseller_acts_for_its_own_accounts() {
    let place = Place::new();
    let panel = panel(&place, 1);
    let row = |domain| (format!("user1@{domain}"), format!("Tide&Orchard#7{domain}"));
    place.csv("list.csv", ["example.com", "example.net", "example.org"].map(row));
    let run = place.apply("list.csv").locally(&panel, AGENCY).args(["--as", "whm"]).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "changed", "refused"]), "{run}");
    assert!(!panel.verify("user1@example.org", "Tide&Orchard#7example.org"));
    let programs: BTreeSet<_> = words(&panel).into_iter().filter(|word| word.starts_with('/')).collect();
    assert_eq!(programs, BTreeSet::from([format!("{}/whmapi1", panel.bin_dir())]));
}

#[test]
fn whoever_is_no_reseller_and_no_account_is_told_so() {
    let (place, panel) = ready(1);
    for (person, options, words) in [
        (SHOP, &["--as", "whm"][..], "neither root nor a reseller"),
        (AGENCY, &[], "no account for the user number 60100"),
    ] {
        for command in ["plan", "apply"] {
            let run = place.cprekey([command, "list.csv"]).locally(&panel, person).args(options).run();
            assert!(run.code == 1 && run.stderr.contains(words) && !run.stderr.contains("--allow-argv"), "{run}");
        }
    }
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 0);
}

#[test]
fn jobs_are_programs_at_once_and_no_more_than_the_cores_bear() {
    let cores = u64::try_from(available_parallelism().unwrap().get()).unwrap();
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(usize::try_from(4 * cores).unwrap().max(8));
        panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "slow", "ms": 150}));
        for (options, most) in [(&["--jobs", "1"][..], 1), (&[], cores), (&["--jobs", "500"], 2 * cores)] {
            panel.reset_counters();
            let run = place.apply("list.csv").locally(&panel, person).args(options).run();
            assert_eq!((run.code, panel.counters().local_calls_most()), (0, most), "{options:?}: {run}");
        }
    }
}
