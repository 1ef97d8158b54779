//! Runs through WHM, many changes in one request.

use serde_json::json;

use crate::ground::{Ground, canary};

/// SEC-06, SEC-07: batches that are done, refused, lost and taken apart; and accounts' own passwords.
#[test]
fn batches_through_whm() {
    let ground = Ground::new();
    ground.panel.switch(&json!([
        {"match": {"function": "whm::batch", "count": 1}, "answer": "reset-after"},
        {"match": {"function": "Email::passwd_pop", "address": "user3@example.com"}, "answer": "refuse", "text": "No."},
    ]));
    let run = ground.scan(ground.apply().through_whm(&ground.panel).args(["--batch", "4", "--output", "json"]));
    assert_eq!(run.code, 3, "{run}");
    assert!(ground.panel.counters().calls("whm::batch") > 1);
}

/// SEC-06, SEC-07, SEC-17: accounts' own passwords, with old ones beside them.
#[test]
fn accounts_through_whm() {
    let ground = Ground::new();
    let old = "Was&the+Old <one>%41é before 2020";
    ground.place.secret(old);
    let rows = [("shop", canary(1)), ("studio", canary(2)), ("gone", canary(3))];
    let lines = rows.iter().map(|(name, new)| format!("{name};{};{old}\n", quoted(new)));
    let list = lines.collect::<Vec<_>>().concat();
    ground.place.secrets(rows.map(|(_, password)| password));
    ground.place.private("accounts.csv", format!("account name;password;old password\n{list}"));
    let options = ["--kind", "account", "--columns", "email=1", "--delimiter", ";", "--log", "log", "--verbose"];
    let run = ground.scan(ground.place.apply("accounts.csv").through_whm(&ground.panel).args(options));
    assert_eq!((run.code, run.outcomes()), (3, vec!["changed", "changed", "refused"]), "{run}");
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
