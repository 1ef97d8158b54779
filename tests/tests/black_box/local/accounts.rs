//! Accounts' own passwords, on the server.

use cprekey_tests::{BEFORE, Panel, Person, Place, Run};
use serde_json::json;

use super::ground::{SHOP, panel};

/// The new password of an account.
fn new(account: &str) -> String {
    format!("Tide&Orchard#7{account}")
}

fn list(place: &Place, rows: &[(&str, &str)]) {
    place.secrets(rows.iter().map(|(account, _)| new(account)));
    let line = |(account, old): &(&str, &str)| format!("account,{account},{old},{}\n", new(account));
    let lines: Vec<_> = rows.iter().map(line).collect();
    place.private("list.csv", format!("kind,user,old password,new password\n{}", lines.concat()));
}

#[test]
fn root_gives_accounts_new_passwords_without_the_old() {
    let place = Place::new();
    let panel = panel(&place, 1);
    list(&place, &[("shop", ""), ("studio", "wrong"), ("nobody", "")]);
    let run = place.apply("list.csv").locally(&panel, Person::Root).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "changed", "refused"]), "{run}");
    assert_eq!((panel.counters().calls("whm::passwd"), &*run.report()[2].reason), (2, "no-such-account"), "{run}");
    assert_eq!(
        panel.verify_all(&[("shop", new("shop")), ("studio", new("studio")), ("museum", BEFORE.to_owned())]),
        [true; 3]
    );
}

#[test]
fn an_owner_is_stopped_before_a_password_is_an_argument() {
    let place = Place::new();
    let panel = panel(&place, 1);
    list(&place, &[("shop", BEFORE)]);
    for command in ["plan", "apply"] {
        let run = place.cprekey([command, "list.csv", "--rate", "none"]).locally(&panel, SHOP);
        let run = if command == "apply" { run.args(["--yes", "--report", "report.csv"]) } else { run }.run();
        assert!(run.code == 3 && format!("{}{}", run.stdout, run.stderr).contains("--allow-argv"), "{run}");
    }
    let row = &place.report("report.csv")[0];
    assert_eq!((&*row.outcome, &*row.reason, row.attempts), ("refused", "arguments-only", 0), "{row:?}");
    assert!(row.detail.contains("--allow-argv"), "{row:?}");
    assert_eq!(panel.counters().calls("Passwd::change_password"), 0);
}

#[test]
fn an_owner_changes_its_own_password_where_that_is_allowed() {
    let place = Place::new();
    let panel = panel(&place, 1);
    list(&place, &[("shop", BEFORE), ("studio", BEFORE)]);
    place.may_hold_secrets("panel-1/state/command_log");
    let run = place.apply("list.csv").locally(&panel, SHOP).args(["--allow-argv"]).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "refused"]), "{run}");
    assert_eq!(&*run.report()[1].reason, "wrong-account", "{run}");
    assert_eq!(panel.verify_all(&[("shop", new("shop")), ("studio", BEFORE.to_owned())]), [true; 2]);
    assert!(run.stderr.contains("warning: --allow-argv: "), "{run}");
    let log = panel.command_log();
    let last =
        log.iter().map(|call| call["arguments"].clone()).find(|call| call.to_string().contains("change_password"));
    let expected = json!("enablemysql=0");
    assert!(last.unwrap().as_array().unwrap().contains(&expected), "databases are left alone");
    // The old password is none any more.
    let run = place.apply("list.csv").locally(&panel, SHOP).args(["--allow-argv"]).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused", "refused"]), "{run}");
}

/// What the report says of a list of accounts, and which of them have the new password.
fn told<'a>(
    rows: &[(&str, &str)],
    way: impl FnOnce(&'a Place, &'a Panel) -> Run,
    ground: &'a (Place, Panel),
) -> (Vec<String>, Vec<bool>) {
    let (place, panel) = ground;
    list(place, rows);
    let run = way(place, panel);
    let report = run.report().iter().map(|row| format!("{:?}", row.fate())).collect();
    (report, panel.verify_all(&rows.iter().map(|(account, _)| (account, new(account))).collect::<Vec<_>>()))
}

#[test]
fn accounts_come_to_the_same_on_the_server_as_over_https() {
    let ground = || {
        let place = Place::new();
        let panel = panel(&place, 1);
        place.may_hold_secrets("panel-1/state/command_log");
        (place, panel)
    };
    let rows = [("shop", ""), ("museum", ""), ("nobody", "")];
    let remote = told(&rows, |place, panel| place.apply("list.csv").through_whm(panel).run(), &ground());
    let local = told(&rows, |place, panel| place.apply("list.csv").locally(panel, Person::Root).run(), &ground());
    assert_eq!((remote.1.as_slice(), &remote), ([true, true, false].as_slice(), &local));
    for old in [BEFORE, "wrong"] {
        let rows = [("shop", old), ("studio", old)];
        let remote = told(&rows, |place, panel| place.apply("list.csv").on(panel).run(), &ground());
        let owner =
            |place: &Place, panel: &Panel| place.apply("list.csv").locally(panel, SHOP).args(["--allow-argv"]).run();
        let local = told(&rows, owner, &ground());
        assert_eq!((remote.1.as_slice(), &remote), ([old == BEFORE, false].as_slice(), &local));
    }
}
