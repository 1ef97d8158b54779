//! Batches over accounts in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::http::post;
use crate::panel::Panel;
use crate::panel::tests::panel;
use crate::rules::Rule;
use crate::whm::{WhmCall, run};

const CONFIG: &str = "[[account]]\nname='shop'\ndomain='example.com'\n\
    mailboxes=[{address='anna@example.com', password='old'}, {address='bert@example.com', password='old'}]";

const STRONG: &str = "Kx9#mQ2+vL 7!pR4&";

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The command that changes a mailbox of the account, encoded once.
fn change(user: &str, mailbox: &str, password: &str) -> String {
    let (email, password) = (encoded(&format!("{mailbox}@example.com")), encoded(password));
    format!(
        "uapi_cpanel?cpanel.user={user}&cpanel.module=Email&cpanel.function=passwd_pop&email={email}&password={password}"
    )
}

/// Sends the commands, each encoded once more, under these names.
fn send(panel: &Panel, options: &str, commands: &[(&str, String)]) -> Value {
    let fields = commands.iter().map(|(key, command)| format!("&{key}={}", encoded(command)));
    let form = format!("api.version=1&{options}{}", fields.collect::<String>());
    let request = post("/json-api/batch", &form, "");
    let operator = panel.operators.all().next().unwrap();
    let (token, arguments) = (&operator.tokens[0], &request.arguments);
    run("batch", &WhmCall { panel, operator, token: Some(token), arguments, apply: true, connection: 1 })
}

fn statuses(answer: &Value) -> Vec<(i64, i64)> {
    let verdict = |value: &Value| value.as_i64().unwrap_or(-1);
    let items = answer["data"]["result"].as_array().unwrap().iter();
    items.map(|item| (verdict(&item["metadata"]["result"]), verdict(&item["data"]["uapi"]["status"]))).collect()
}

#[test]
fn commands_are_named_in_three_styles_and_answered_in_their_order() {
    for keys in [["command", "command"], ["command-0", "command-1"], ["command", "command-1"]] {
        let panel = panel(CONFIG);
        let commands = [(keys[0], change("shop", "anna", STRONG)), (keys[1], change("shop", "bert", "weak"))];
        let answer = send(&panel, "", &commands);
        assert_eq!(statuses(&answer), [(1, 1), (1, 0)], "{keys:?}");
        assert_eq!(answer["metadata"], json!({"command": "batch", "version": 1, "result": 1, "reason": "OK"}));
        let (shop, anna) = panel.hosting.mailbox("anna@example.com").unwrap();
        assert!(panel.passwords.verify(shop, anna, STRONG.as_bytes()).unwrap(), "decoded twice, and no more");
    }
}

#[test]
fn one_failure_fails_the_whole_and_stops_it_when_asked_to() {
    let panel = panel(CONFIG);
    let commands = [("command", change("nobody", "anna", STRONG)), ("command", change("shop", "bert", STRONG))];
    let answer = send(&panel, "", &commands);
    assert_eq!((&answer["metadata"]["result"], statuses(&answer)), (&json!(0), vec![(0, -1), (1, 1)]));
    let aborted = send(&panel, "abort_on_error=1", &commands);
    assert_eq!(statuses(&aborted), [(0, -1)]);
    assert_eq!(panel.journal.changes().len(), 1);
}

#[test]
fn a_refusal_within_counts_for_the_whole_only_when_set_so() {
    let panel = panel(CONFIG);
    let commands = [("command", change("shop", "anna", "weak"))];
    assert_eq!(send(&panel, "", &commands)["metadata"]["result"], 1);
    panel.change_behaviour(json!({"batch": {"counts_uapi": true}})).unwrap();
    assert_eq!(send(&panel, "", &commands)["metadata"]["result"], 0);
}

#[test]
fn a_batch_can_be_too_large_empty_or_unknown() {
    let panel = panel(CONFIG);
    let commands = [("command", change("shop", "anna", STRONG)), ("command", change("shop", "bert", STRONG))];
    panel.change_behaviour(json!({"batch": {"largest": 1}})).unwrap();
    let reason = |answer: Value| answer["metadata"]["reason"].as_str().unwrap().to_owned();
    assert!(reason(send(&panel, "", &commands)).contains("1 commands at most"));
    assert!(reason(send(&panel, "", &[])).contains("“command”"));
    panel.change_behaviour(json!({"batch": {"known": false}})).unwrap();
    assert!(reason(send(&panel, "", &commands)).contains("Unknown app (“batch”)"));
    assert_eq!(panel.journal.changes().len(), 0);
}

#[test]
fn a_batch_in_a_batch_is_unknown_and_every_command_is_counted() {
    let panel = panel(CONFIG);
    let answer =
        send(&panel, "", &[("command", "batch?command=x".to_owned()), ("command", change("shop", "anna", "x"))]);
    assert_eq!(statuses(&answer), [(0, -1), (1, 0)]);
    assert_eq!(panel.counters.now().functions.get("Email::passwd_pop"), Some(&1));
}

#[test]
fn rules_decide_the_commands_that_they_name() {
    let panel = panel(CONFIG);
    for told in [
        json!({"match": {"address": "bert@example.com"}, "answer": "refuse", "text": "no"}),
        json!({"answer": "empty"}),
    ] {
        panel.rules.add(Rule::try_from(told).unwrap());
    }
    let commands = [("command", change("shop", "anna", STRONG)), ("command", change("shop", "bert", STRONG))];
    let answer = send(&panel, "", &commands);
    assert_eq!(statuses(&answer), [(1, 1), (1, 0)]);
    assert_eq!(panel.journal.changes().len(), 1);
}

#[test]
fn a_rule_about_an_address_meets_its_local_part_alone_in_a_command() {
    let panel = panel(CONFIG);
    let told = json!({"match": {"address": "bert@example.com"}, "answer": "refuse", "text": "no"});
    panel.rules.add(Rule::try_from(told).unwrap());
    let named = |mailbox: &str| change("shop", mailbox, STRONG).replace("%40example%2Ecom", "");
    let answer = send(&panel, "", &[("command", named("anna")), ("command", named("bert"))]);
    assert_eq!(statuses(&answer), [(1, 1), (1, 0)]);
}
