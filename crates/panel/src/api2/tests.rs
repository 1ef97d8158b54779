//! API 2 on both faces, over accounts in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use crate::faces::answer;
use crate::http::post;
use crate::panel::Panel;
use crate::panel::tests::panel;
use crate::subject::Face;

const CONFIG: &str = r#"
[[whm]]
user = "root"
tokens = [{ name = "all", secret = "ALL" }]

[[account]]
name = "shop"
domain = "example.com"
password = "luggage12345"
tokens = [{ name = "full", secret = "FULL" }]
mailboxes = [{ address = "anna@example.com", password = "before" }]

[[account]]
name = "halt"
domain = "example.net"
suspended = true
password = "luggage12345"
"#;

const STRONG: &str = "Kx9%23mQ2%24vL7!pR4%26";

fn function(module: &str, function: &str, version: u8) -> String {
    format!("cpanel_jsonapi_module={module}&cpanel_jsonapi_func={function}&cpanel_jsonapi_apiversion={version}")
}

fn ask(panel: &Panel, face: Face, form: &str) -> Value {
    let authorization = if face == Face::Whm { "whm root:ALL" } else { "cpanel shop:FULL" };
    let seen = answer(face, panel, &post("/json-api/cpanel", form, authorization), true);
    assert_eq!(seen.reply.status, 200);
    serde_json::from_slice(&seen.reply.body).unwrap()
}

/// The answer of a function of API 2 on both faces, which has to be the same.
fn call(module: &str, name: &str, form: &str) -> Value {
    let form = format!("{}&{form}", function(module, name, 2));
    let from_cpanel = ask(&panel(CONFIG), Face::Cpanel, &form);
    let from_whm = ask(&panel(CONFIG), Face::Whm, &format!("cpanel_jsonapi_user=shop&{form}"));
    assert_eq!(from_cpanel, from_whm);
    from_cpanel["cpanelresult"].clone()
}

#[test]
fn a_mailbox_is_changed() {
    let done = call("Email", "passwdpop", &format!("domain=example.com&email=anna&password={STRONG}"));
    assert_eq!(
        (&done["apiversion"], &done["module"], &done["func"]),
        (&json!(2), &json!("Email"), &json!("passwdpop"))
    );
    assert_eq!((&done["event"]["result"], &done["data"]), (&json!(1), &json!([{"result": 1, "reason": "OK"}])));
}

#[test]
fn a_mailbox_is_refused_with_a_reason_though_the_function_ran() {
    for (form, fragment) in [
        ("domain=example.com&email=anna&password=abc", "too weak"),
        ("domain=example.com&email=zoe&password=x", "email account named “zoe@example.com”"),
        ("domain=example.com&email=anna%40example.com&password=x", "“anna@example.com@example.com”"),
        ("email=anna&password=x", "“domain” argument"),
    ] {
        let refused = call("Email", "passwdpop", form);
        assert_eq!((&refused["event"]["result"], &refused["data"][0]["result"]), (&json!(1), &json!(0)));
        assert!(refused["data"][0]["reason"].as_str().unwrap().contains(fragment), "{refused}");
    }
}

#[test]
fn an_account_changes_its_password_and_hears_where() {
    let form = format!("user=shop&oldpass=luggage12345&newpass={STRONG}");
    let apps = |options: &str| {
        let done = call("Passwd", "change_password", &format!("{form}{options}"))["data"][0].clone();
        assert_eq!((&done["status"], &done["statustxt"]), (&json!(1), &json!("Password changed for user “shop”.")));
        let apps = done["applist"].as_array().unwrap().iter().map(|row| row["app"].as_str().unwrap().to_owned());
        apps.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(apps(""), "system ftp mail");
    assert_eq!(apps("&enablemysql=1&enabledigest=1"), "system ftp mail mySQL webdisk (digest)");
    assert_eq!(apps("&enabledigestauth=1"), "system ftp mail webdisk (digest)");
}

#[test]
fn an_account_has_to_know_its_old_password() {
    for (form, fragment) in [
        (format!("user=shop&oldpass=wrong&newpass={STRONG}"), "not correct"),
        ("user=shop&oldpass=luggage12345&newpass=abc".to_owned(), "too weak"),
        (format!("user=halt&oldpass=luggage12345&newpass={STRONG}"), "user named “halt”"),
        ("user=shop&oldpass=luggage12345".to_owned(), "“newpass” argument"),
    ] {
        let refused = call("Passwd", "change_password", &form)["data"][0].clone();
        assert_eq!((&refused["status"], &refused["statustxt"]), (&json!(0), &refused["reason"]));
        assert!(refused["reason"].as_str().unwrap().contains(fragment), "{refused}");
    }
}

#[test]
fn what_cannot_run_has_an_error_and_an_object_for_data() {
    for (module, name) in [("Email", "no_such"), ("Nothing", "passwdpop")] {
        let failed = call(module, name, "");
        assert!(failed["error"].as_str().unwrap().contains("could not find the function"), "{failed}");
        assert_eq!((&failed["event"]["result"], &failed["data"]["result"]), (&json!(0), &json!("0")));
    }
    let first = ask(&panel(CONFIG), Face::Cpanel, &function("Email", "passwdpop", 1));
    assert!(first["cpanelresult"]["error"].is_string());
}

#[test]
fn version_3_is_uapi_in_its_nested_envelope() {
    let form = function("Email", "count_pops", 3);
    let nested = ask(&panel(CONFIG), Face::Whm, &format!("api.version=1&cpanel_jsonapi_user=shop&{form}"));
    assert_eq!(
        (&nested["apiversion"], &nested["func"], &nested["result"]["data"]),
        (&json!(3), &json!("count_pops"), &json!(1))
    );
    assert_eq!(nested.get("metadata"), None);
}

#[test]
fn a_user_that_is_none_is_answered_with_a_bare_error() {
    for user in ["", "&cpanel_jsonapi_user=nobody", "&cpanel_jsonapi_user=SHOP"] {
        let bare =
            ask(&panel(CONFIG), Face::Whm, &format!("api.version=1&{}{user}", function("Email", "count_pops", 3)));
        let said = "User parameter is invalid or was not supplied";
        assert_eq!(bare, json!({"data": {"reason": said, "result": "0"}, "type": "text", "error": said}));
    }
}

#[test]
fn a_suspended_account_keeps_its_password() {
    let form = function("Passwd", "change_password", 2);
    let form = format!("cpanel_jsonapi_user=halt&{form}&user=halt&oldpass=luggage12345&newpass={STRONG}");
    let refused = ask(&panel(CONFIG), Face::Whm, &form)["cpanelresult"].clone();
    assert!(refused["data"][0]["reason"].as_str().unwrap().contains("is suspended"), "{refused}");
}
