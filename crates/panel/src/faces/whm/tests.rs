//! The WHM face over accounts in memory: who is let in, what passes through, and in which envelope.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use super::answer;
use crate::http::post;
use crate::panel::Panel;
use crate::panel::tests::panel;

const CONFIG: &str = r#"
[[whm]]
user = "root"
tokens = [
    { name = "all", secret = "ALL", acls = ["all"] },
    { name = "list", secret = "LIST", acls = ["list-accts"] },
    { name = "old", secret = "OLD", expires = 1000 },
]

[[whm]]
user = "agency"
tokens = [{ name = "all", secret = "AGENCY" }]

[[account]]
name = "shop"
domain = "example.com"
domains = ["example.org"]
owner = "agency"
password = "before"
tokens = [{ name = "full", secret = "FULL" }]
mailboxes = [
    { address = "anna@example.com", password = "before" },
    { address = "bert@example.com", password = "before" },
]

[[account]]
name = "studio"
domain = "example.net"
password = "before"
mailboxes = [{ address = "post@example.net", password = "before" }]

[[account]]
name = "halt"
domain = "example.edu"
suspended = true
password = "before"
mailboxes = [{ address = "info@example.edu", password = "before" }]
"#;

const STRONG: &str = "Kx9%23mQ2%24vL7!pR4%26";

const ANNA: &str = "cpanel.user=shop&cpanel.module=Email&cpanel.function=passwd_pop&email=anna%40example.com";

/// What a function answers to this token.
fn ask(panel: &Panel, authorization: &str, function: &str, form: &str) -> Value {
    let seen = answer(panel, &post(&format!("/json-api/{function}"), form, authorization), true);
    assert_eq!(seen.reply.status, 200, "{function} {form}");
    serde_json::from_slice(&seen.reply.body).unwrap()
}

/// What a function of version 1 answers to root.
fn call(panel: &Panel, function: &str, form: &str) -> Value {
    ask(panel, "whm root:ALL", function, &format!("api.version=1&{form}"))
}

/// The reason of a call that WHM itself refuses.
fn refusal(answer: &Value) -> String {
    assert_eq!(answer["metadata"]["result"], 0, "{answer}");
    answer["metadata"]["reason"].as_str().unwrap().to_owned()
}

#[test]
fn the_door_opens_for_live_tokens_of_whm_alone() {
    let panel = panel(CONFIG);
    for (authorization, status) in [
        ("whm root:ALL", 200),
        ("WHM root:LIST", 200),
        ("whm agency:AGENCY", 200),
        ("whm root:AGENCY", 403),
        ("whm root:OLD", 403),
        ("cpanel shop:FULL", 403),
        ("whm shop:FULL", 403),
        ("Basic cm9vdDpBTEw=", 403),
        ("", 403),
    ] {
        let request = post("/json-api/uapi_cpanel", "api.version=1", authorization);
        let seen = answer(&panel, &request, true);
        assert_eq!(seen.reply.status, status, "{authorization}");
        assert_eq!(seen.user.is_some(), status == 200, "{authorization}");
    }
    assert_eq!(panel.counters.now().failed_authentications, 6);
}

#[test]
fn a_function_of_the_other_face_is_forbidden_or_not_found() {
    let panel = panel(CONFIG);
    let status = |path: &str| answer(&panel, &post(path, "", "whm root:ALL"), true).reply.status;
    assert_eq!(status("/execute/Email/passwd_pop"), 403);
    assert_eq!(status("/"), 404);
    panel.change_behaviour(json!({"wrong_face": "404"})).unwrap();
    assert_eq!(status("/execute/Email/passwd_pop"), 404);
}

#[test]
fn a_mailbox_is_changed_through_whm() {
    let panel = panel(CONFIG);
    let done = call(&panel, "uapi_cpanel", &format!("{ANNA}&password={STRONG}"));
    let uapi = json!({"status": 1, "errors": null, "messages": null, "warnings": null, "data": null, "metadata": {}});
    let metadata = json!({"command": "uapi_cpanel", "version": 1, "result": 1, "reason": "OK"});
    assert_eq!(done, json!({"metadata": metadata, "data": {"uapi": uapi}}));
    assert_eq!(
        (&*panel.journal.changes()[0].account, &*panel.journal.changes()[0].address),
        ("shop", "anna@example.com")
    );
}

#[test]
fn the_inner_envelope_can_go_without_warnings() {
    let panel = panel(CONFIG);
    let nested = "cpanel_jsonapi_user=shop&cpanel_jsonapi_module=Email&cpanel_jsonapi_func=count_pops\
        &cpanel_jsonapi_apiversion=3";
    let keys = || {
        let flat = call(&panel, "uapi_cpanel", "cpanel.user=shop&cpanel.module=Email&cpanel.function=count_pops");
        let nested = call(&panel, "cpanel", nested);
        (flat["data"]["uapi"].get("warnings").cloned(), nested["result"].get("warnings").cloned())
    };
    assert_eq!(keys(), (Some(Value::Null), Some(Value::Null)));
    panel.change_behaviour(json!({"warnings": "absent"})).unwrap();
    assert_eq!(keys(), (None, None));
}

#[test]
fn the_two_verdicts_are_told_apart() {
    let panel = panel(CONFIG);
    let weak = call(&panel, "uapi_cpanel", &format!("{ANNA}&password=abc"));
    assert_eq!((&weak["metadata"]["result"], &weak["data"]["uapi"]["status"]), (&json!(1), &json!(0)));
    assert!(weak["data"]["uapi"]["errors"][0].as_str().unwrap().contains("strength rating"));
    for (form, fragment) in [
        ("cpanel.user=nobody&cpanel.module=Email&cpanel.function=count_pops", "do not have a user named “nobody”"),
        ("cpanel.user=SHOP&cpanel.module=Email&cpanel.function=count_pops", "do not have a user named “SHOP”"),
        ("cpanel.module=Email&cpanel.function=count_pops", "Provide the “cpanel.user” argument"),
        ("cpanel.user=shop&cpanel.function=count_pops", "Provide the “cpanel.module” argument"),
    ] {
        let refused = call(&panel, "uapi_cpanel", form);
        assert!(refusal(&refused).contains(fragment), "{refused}");
        assert_eq!(refused["data"], json!({}));
    }
    assert_eq!(panel.journal.changes().len(), 0);
}

#[test]
fn a_reseller_reaches_its_own_accounts_alone() {
    let panel = panel(CONFIG);
    let count = |user: &str| {
        let form = format!("api.version=1&cpanel.user={user}&cpanel.module=Email&cpanel.function=count_pops");
        ask(&panel, "whm agency:AGENCY", "uapi_cpanel", &form)
    };
    assert_eq!(count("shop")["data"]["uapi"]["data"], 2);
    assert!(refusal(&count("studio")).contains("do not have access to an account named “studio”"));
}

#[test]
fn a_suspended_account_refuses_within_unless_it_is_allowed() {
    let panel = panel(CONFIG);
    let count = || call(&panel, "uapi_cpanel", "cpanel.user=halt&cpanel.module=Email&cpanel.function=count_pops");
    assert_eq!((&count()["metadata"]["result"], &count()["data"]["uapi"]["status"]), (&json!(1), &json!(0)));
    panel.change_behaviour(json!({"suspended_account": "allow"})).unwrap();
    assert_eq!(count()["data"]["uapi"]["data"], 1);
}

#[test]
fn an_unknown_function_and_a_missing_privilege_are_refused_without_data() {
    let panel = panel(CONFIG);
    let unknown = call(&panel, "no_such", "");
    assert!(refusal(&unknown).contains("Unknown app (“no_such”) requested"));
    assert_eq!(unknown.get("data"), None);
    panel.change_behaviour(json!({"acls": {"uapi_cpanel": "cpanel-api"}})).unwrap();
    let denied = ask(&panel, "whm root:LIST", "uapi_cpanel", &format!("api.version=1&{ANNA}"));
    assert!(refusal(&denied).contains("Access denied"));
    assert_eq!(denied.get("data"), None);
}

#[test]
fn without_a_version_the_answer_has_the_older_shape() {
    let panel = panel(CONFIG);
    let form = format!("{ANNA}&password={STRONG}");
    let done = ask(&panel, "whm root:ALL", "uapi_cpanel", &form)["cpanelresult"].clone();
    assert_eq!((&done["apiversion"], &done["data"]["uapi"]["status"]), (&json!("2"), &json!(1)));
    let unknown = ask(&panel, "whm root:ALL", "no_such", "")["cpanelresult"].clone();
    assert_eq!((&unknown["data"]["result"], &unknown["error"]), (&json!("0"), &unknown["data"]["reason"]));
}

#[test]
fn an_account_gets_a_new_password_and_the_services_are_told() {
    let panel = panel(CONFIG);
    let form = format!("user=shop&password={STRONG}");
    let done = call(&panel, "passwd", &form);
    assert_eq!(done["metadata"]["reason"], "Password changed for user “shop”.");
    assert_eq!(done["data"], json!({"app": ["system", "ftp", "mail", "mySQL"]}));
    let narrow = call(&panel, "passwd", &format!("{form}&db_pass_update=0&enabledigest=1"));
    assert_eq!(narrow["data"]["app"], json!(["system", "ftp", "mail", "webdisk (digest)"]));
    let shop = panel.hosting.account("shop").unwrap();
    assert!(panel.passwords.verify_own(shop, b"Kx9#mQ2$vL7!pR4&").unwrap());
    assert_eq!(panel.journal.changes()[0].address, "shop");
}

#[test]
fn an_account_keeps_its_password_when_it_cannot_be_changed() {
    let panel = panel(CONFIG);
    for (form, fragment) in [
        (format!("user=halt&password={STRONG}"), "is suspended"),
        (format!("user=nobody&password={STRONG}"), "do not have a user named"),
        ("user=shop&password=abc".to_owned(), "strength rating"),
        ("user=shop".to_owned(), "“password”"),
        ("password=x".to_owned(), "“user”"),
    ] {
        let refused = call(&panel, "passwd", &form);
        assert!(refusal(&refused).contains(fragment), "{refused}");
    }
    let lists_only = ask(&panel, "whm root:LIST", "passwd", &format!("api.version=1&user=shop&password={STRONG}"));
    assert!(refusal(&lists_only).contains("Access denied"));
    assert_eq!(panel.journal.changes().len(), 0);
}

#[test]
fn accounts_are_listed_searched_and_cut_to_what_is_wanted() {
    let panel = panel(CONFIG);
    let users = |authorization: &str, form: &str| -> Vec<String> {
        let listed = ask(&panel, authorization, "listaccts", &format!("api.version=1&{form}"));
        let rows = listed["data"]["acct"].as_array().unwrap().iter();
        rows.map(|row| row["user"].as_str().unwrap().to_owned()).collect()
    };
    for (form, found) in [
        ("", &["halt", "shop", "studio"][..]),
        ("search=example.(com|net)", &["shop", "studio"]),
        ("search=example&searchmethod=exact", &[]),
        ("search=agency&searchmethod=exact&searchtype=owner", &["shop"]),
        ("search=%5Est&searchtype=user", &["studio"]),
        ("search=default&searchtype=package", &["halt", "shop", "studio"]),
    ] {
        assert_eq!(users("whm root:LIST", form), found, "{form}");
    }
    assert_eq!(users("whm agency:AGENCY", ""), ["shop"]);
    let wanted = call(&panel, "listaccts", "search=halt&searchtype=user&want=user,suspended");
    assert_eq!(wanted["data"]["acct"], json!([{"user": "halt", "suspended": 1}]));
    assert!(refusal(&call(&panel, "listaccts", "search=(")).contains("not valid"));
    assert!(refusal(&call(&panel, "listaccts", "searchtype=colour")).contains("not valid"));
    assert_eq!(call(&panel, "listsuspended", "")["data"]["account"][0]["user"], "halt");
}

#[test]
fn a_domain_has_an_owner_or_none() {
    let panel = panel(CONFIG);
    let owner = |domain: &str| call(&panel, "getdomainowner", &format!("domain={domain}"));
    assert_eq!(owner("Example.org")["data"], json!({"user": "shop"}));
    assert_eq!(
        (&owner("nowhere.net")["metadata"]["result"], &owner("nowhere.net")["data"]["user"]),
        (&json!(1), &Value::Null)
    );
    panel.change_behaviour(json!({"unknown_domain": "refuse"})).unwrap();
    assert!(refusal(&owner("nowhere.net")).contains("nowhere.net"));
    assert_eq!(call(&panel, "get_password_strength", "password=aaaa")["data"]["strength"], 1);
}
