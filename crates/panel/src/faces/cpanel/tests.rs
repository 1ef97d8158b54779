//! The cPanel face over accounts in memory: who is let in, and what each function answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use super::{Seen, answer};
use crate::http::post;
use crate::panel::Panel;
use crate::panel::tests::panel;

const CONFIG: &str = r#"
[[account]]
name = "shop"
domain = "example.com"
domains = ["example.org"]
password = "basic"
tokens = [
    { name = "full", secret = "FULL" },
    { name = "mail", secret = "MAIL", features = ["popaccts"] },
    { name = "narrow", secret = "NARROW", features = ["ftpaccts"] },
    { name = "old", secret = "OLD", expires = 1000 },
    { name = "lost", secret = "LOST", revoked = true },
]
mailboxes = [
    { address = "anna@example.com", password = "before" },
    { address = "gone@example.org", password = "before", suspended_login = true },
]

[[account]]
name = "halt"
domain = "example.net"
suspended = true
password = "basic"
tokens = [{ name = "t", secret = "T" }]

[[account]]
name = "twice"
domain = "example.edu"
password = "basic"
two_factor = true
"#;

const STRONG: &str = "Kx9%23mQ2%24vL7!pR4%26";

fn ask<'a>(panel: &'a Panel, path: &str, form: &str, authorization: &str) -> Seen<'a> {
    answer(panel, &post(path, form, authorization), true)
}

fn call(panel: &Panel, function: &str, form: &str) -> Value {
    let seen = ask(panel, &format!("/execute/{function}"), form, "cpanel shop:FULL");
    assert_eq!(seen.reply.status, 200);
    serde_json::from_slice(&seen.reply.body).unwrap()
}

/// The error of a call that is refused.
fn refusal(panel: &Panel, function: &str, form: &str) -> String {
    let envelope = call(panel, function, form);
    assert_eq!((&envelope["status"], &envelope["data"]), (&json!(0), &Value::Null));
    envelope["errors"][0].as_str().unwrap().to_owned()
}

#[test]
fn the_door_opens_for_live_credentials_alone() {
    let panel = panel(CONFIG);
    for (authorization, status) in [
        ("cpanel shop:FULL", 200),
        ("CPanel shop:FULL", 200),
        ("whm shop:FULL", 403),
        ("cpanel shop:full", 403),
        ("cpanel shop:OLD", 403),
        ("cpanel shop:LOST", 403),
        ("cpanel root:FULL", 403),
        ("cpanel halt:T", 403),
        ("cpanel shop", 403),
        ("", 403),
        ("Basic c2hvcDpiYXNpYw==", 200),
        ("Basic c2hvcDpGVUxM", 403),
    ] {
        let seen = ask(&panel, "/execute/Email/count_pops", "", authorization);
        assert_eq!(seen.reply.status, status, "{authorization}");
        assert_eq!(seen.user.is_some(), status == 200, "{authorization}");
    }
    assert_eq!(panel.counters.now().failed_authentications, 9);
}

#[test]
fn a_second_factor_is_asked_for_on_a_page() {
    let panel = panel(CONFIG);
    let seen = ask(&panel, "/execute/Email/count_pops", "", "Basic dHdpY2U6YmFzaWM=");
    assert_eq!(seen.reply.status, 200);
    assert!(String::from_utf8_lossy(&seen.reply.body).contains("tfa_login_form"));
}

#[test]
fn a_denial_takes_the_shape_it_is_told_to() {
    let panel = panel(CONFIG);
    for (denied, status) in [("403", 403), ("401-html", 401), ("login-page-200", 200), ("redirect", 302)] {
        panel.change_behaviour(json!({"denied": denied})).unwrap();
        assert_eq!(ask(&panel, "/execute/Email/count_pops", "", "").reply.status, status);
    }
}

#[test]
fn other_paths_are_no_functions() {
    let panel = panel(CONFIG);
    for (path, status) in [("/", 404), ("/execute/Email", 404), ("/json-api/listaccts", 403)] {
        assert_eq!(ask(&panel, path, "", "cpanel shop:FULL").reply.status, status, "{path}");
    }
}

#[test]
fn refusals_have_the_known_fragments() {
    let panel = panel(CONFIG);
    for (function, form, fragment) in [
        ("Email/no_such", "", "could not find the function “no_such” in the module “Email”"),
        ("email/passwd_pop", "", "Failed to load module “email”"),
        ("Email/passwd_pop", "password=x", "Provide the “email” argument"),
        ("Email/passwd_pop", "email=anna%40example.com&password=", "Provide the “password” argument"),
        ("Email/passwd_pop", "email=zoe&password=x", "do not have an email account named “zoe@example.com”"),
        ("Email/passwd_pop", "email=shop&password=x", "do not have an email account named “shop”"),
        ("Email/passwd_pop", "email=a%40other.com&password=x", "do not have access to the domain “other.com”"),
        ("Email/passwd_pop", "email=anna%40example.com&password=abc123", "“65” or higher"),
        ("Email/verify_password", "email=zoe%40example.com&password=x", "do not have an email account"),
        ("Email/list_pops", "regex=(", "not valid"),
        ("PasswdStrength/get_required_strength", "app=mail", "not valid"),
    ] {
        let said = refusal(&panel, function, form);
        assert!(said.contains(fragment), "{function} {form}: {said}");
    }
    assert_eq!(panel.journal.changes().len(), 0);
}

#[test]
fn a_change_is_made_journaled_and_verified() {
    let panel = panel(CONFIG);
    let done = call(&panel, "Email/passwd_pop", &format!("email=anna&password={STRONG}"));
    assert_eq!(
        done,
        json!({"status": 1, "errors": null, "messages": null, "warnings": null, "data": null, "metadata": {}})
    );
    let verify = |form: &str| call(&panel, "Email/verify_password", form)["data"].clone();
    assert_eq!(verify(&format!("email=Anna%40Example.com&password={STRONG}")), 1);
    assert_eq!(verify("email=anna%40example.com&password=before"), 0);
    assert_eq!(panel.journal.changes()[0].address, "anna@example.com");
}

#[test]
fn a_call_that_is_only_judged_changes_nothing() {
    let panel = panel(CONFIG);
    let form = format!("email=anna%40example.com&password={STRONG}");
    let request = post("/execute/Email/passwd_pop", &form, "cpanel shop:FULL");
    let seen = answer(&panel, &request, false);
    assert!(seen.reply.body.starts_with(br#"{"status":1"#));
    assert_eq!(panel.journal.changes().len(), 0);
    assert_eq!(call(&panel, "Email/verify_password", &form)["data"], 0);
}

#[test]
fn a_suspended_mailbox_meets_its_setting() {
    let panel = panel(CONFIG);
    let form = format!("email=gone%40example.org&password={STRONG}");
    let suspended = || call(&panel, "Email/list_pops", "regex=gone")["data"][0]["suspended_login"].clone();
    assert_eq!(call(&panel, "Email/passwd_pop", &form)["status"], 1);
    assert_eq!(suspended(), 1);
    panel.change_behaviour(json!({"suspended_mailbox": "refuse"})).unwrap();
    assert!(refusal(&panel, "Email/passwd_pop", &form).contains("suspended"));
    panel.change_behaviour(json!({"suspended_mailbox": "lift"})).unwrap();
    assert_eq!(call(&panel, "Email/passwd_pop", &form)["status"], 1);
    assert_eq!(suspended(), 0);
    assert_eq!(call(&panel, "Email/suspend_login", "email=gone%40example.org")["messages"], Value::Null);
    assert!(call(&panel, "Email/suspend_login", "email=gone%40example.org")["messages"][0].is_string());
}

#[test]
fn features_roles_and_accounts_that_are_off_refuse() {
    let panel = panel(CONFIG);
    for (token, status) in [("FULL", 1), ("MAIL", 1), ("NARROW", 0)] {
        let seen = ask(&panel, "/execute/Email/count_pops", "", &format!("cpanel shop:{token}"));
        assert!(seen.reply.body.starts_with(format!("{{\"status\":{status}").as_bytes()), "{token}");
    }
    panel.change_behaviour(json!({"receive_mail": false, "suspended_account": "refuse"})).unwrap();
    assert!(refusal(&panel, "Email/passwd_pop", "email=anna&password=x").contains("Receive Mail"));
    let halted = ask(&panel, "/execute/Email/count_pops", "", "cpanel halt:T");
    assert!(String::from_utf8_lossy(&halted.reply.body).contains("account is suspended"));
}

#[test]
fn lists_leave_out_what_they_are_asked_to() {
    let panel = panel(CONFIG);
    let emails = |form: &str| -> Vec<String> {
        let data = call(&panel, "Email/list_pops", form)["data"].clone();
        data.as_array().unwrap().iter().map(|row| row["email"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(emails(""), ["shop", "anna@example.com", "gone@example.org"]);
    assert_eq!(emails("skip_main=1"), ["anna@example.com", "gone@example.org"]);
    assert_eq!(emails("regex=%5Ean"), ["anna@example.com"]);
    let disk = call(&panel, "Email/list_pops_with_disk", "domain=example.org")["data"].clone();
    assert_eq!((disk.as_array().unwrap().len(), &disk[0]["user"]), (1, &json!("gone")));
    assert!(disk[0]["diskused"].is_string());
    assert_eq!(call(&panel, "Email/count_pops", "")["data"], 2);
    assert_eq!(call(&panel, "Email/list_mail_domains", "")["data"][1]["domain"], "example.org");
}

#[test]
fn flags_can_be_text_and_warnings_absent() {
    let panel = panel(CONFIG);
    panel.change_behaviour(json!({"numbers": "text", "warnings": "absent"})).unwrap();
    let listed = call(&panel, "Email/list_pops", "");
    let flags: Vec<_> = listed["data"].as_array().unwrap().iter().map(|row| &row["suspended_login"]).collect();
    assert_eq!(flags, ["0", "0", "1"]);
    assert_eq!(listed["data"][2]["suspended_incoming"], "0");
    assert_eq!((listed.get("warnings"), listed.get("messages")), (None, Some(&Value::Null)));
    assert_eq!(call(&panel, "Email/no_such", "").get("warnings"), None);
}

#[test]
fn the_account_is_told_about_itself() {
    let panel = panel(CONFIG);
    let user = call(&panel, "Variables/get_user_information", "name-1=domain&name-0=user&name-2=nonsense");
    assert_eq!(user["data"], json!({"user": "shop", "domain": "example.com", "nonsense": null}));
    assert_eq!(call(&panel, "DomainInfo/list_domains", "")["data"]["addon_domains"], json!(["example.org"]));
    let tokens = call(&panel, "Tokens/list", "")["data"].clone();
    let names: Vec<_> = tokens.as_array().unwrap().iter().map(|token| token["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["full", "mail", "narrow", "old"]);
    assert!(!tokens.to_string().contains("FULL"));
}

#[test]
fn the_required_strength_is_a_multiple_of_five_and_may_differ_by_application() {
    let panel = panel(
        "strength = { ftp = 31 }\nbehaviour = { required_strength = 71 }\n[[account]]\nname = 'shop'\n\
        domain = 'example.com'\ntokens = [{ name = 'full', secret = 'FULL' }]",
    );
    let strength = |app: &str| {
        call(&panel, "PasswdStrength/get_required_strength", &format!("app={app}"))["data"]["strength"].clone()
    };
    assert_eq!((strength("pop"), strength("ftp")), (json!(75), json!(35)));
}

#[test]
fn the_language_can_be_another() {
    let panel = panel(CONFIG);
    panel.change_behaviour(json!({"language": "fr"})).unwrap();
    assert!(refusal(&panel, "Email/passwd_pop", "email=zoe&password=x").contains("« zoe@example.com »"));
}
