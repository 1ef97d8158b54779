//! The WHM face of the built program.

use std::time::{Duration, Instant};

use serde_json::json;

use super::program::{Program, STRONG, STRONG_FORM};

const ANNA: &str = "cpanel.user=shop&cpanel.module=Email&cpanel.function=passwd_pop&email=anna%40example.com";

#[test]
fn a_mailbox_is_changed_through_whm_counted_and_logged() {
    let panel = Program::start(&[]);
    let done = panel.whm("uapi_cpanel", &format!("{ANNA}&password={STRONG_FORM}"));
    assert_eq!((&done["metadata"]["result"], &done["data"]["uapi"]["status"]), (&json!(1), &json!(1)));
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 1}));
    let functions = panel.control("GET", "/state", "")["counters"]["functions"].clone();
    assert_eq!(functions, json!({"whm::uapi_cpanel": 1, "Email::passwd_pop": 1}));
    let log = panel.file("access_log");
    assert!(log.contains(" - root [") && log.contains("\"POST /json-api/uapi_cpanel HTTP/1.1\" 200"), "{log}");
    assert!(!log.contains(STRONG_FORM));
}

#[test]
fn a_token_opens_its_own_face_alone() {
    let panel = Program::start(&["--no-hashing"]);
    let answer = panel.whm_as(&panel.bearer(), "uapi_cpanel", ANNA);
    assert_eq!(answer.status_line, "HTTP/1.1 403 Forbidden Access denied");
    let root = format!("whm root:{}", panel.ready["whm_tokens"]["root"].as_str().unwrap());
    assert_eq!(panel.client().post("/execute/Email/count_pops", "", &root).status(), 403);
    assert_eq!(panel.control("GET", "/state", "")["counters"]["failed_authentications"], 2);
}

#[test]
fn rules_know_what_passes_through() {
    let rule =
        r#"{"match":{"function":"Email::passwd_pop","address":"anna@example.com"},"answer":"refuse","text":"no"}"#;
    let panel = Program::start(&["--no-hashing", "--switch", rule]);
    let form = format!("{ANNA}&password={STRONG_FORM}");
    let refused = panel.whm("uapi_cpanel", &form);
    assert_eq!((&refused["metadata"]["result"], &refused["data"]["uapi"]["errors"]), (&json!(1), &json!(["no"])));
    panel.control("DELETE", "/switch", "");
    panel.control("POST", "/switch", r#"{"match":{"function":"whm::uapi_cpanel"},"answer":"whm-result-0"}"#);
    let split = panel.whm("uapi_cpanel", &form);
    assert_eq!((&split["metadata"]["result"], &split["data"]["uapi"]["status"]), (&json!(0), &json!(1)));
    assert_eq!(panel.verify("anna@example.com", STRONG)["changes"], 1);
}

#[test]
fn a_batch_reaches_several_accounts_over_one_request() {
    let panel = Program::start(&["--no-hashing"]);
    let command = |user: &str, email: &str| {
        let password = STRONG_FORM.replace('%', "%25");
        format!(
            "command=uapi_cpanel%3Fcpanel.user%3D{user}%26cpanel.module%3DEmail%26cpanel.function%3Dpasswd_pop\
             %26email%3D{email}%26password%3D{password}"
        )
    };
    let commands = [command("shop", "anna%2540example.com"), command("studio", "post%2540example.net")];
    panel.control("POST", "/behaviour", r#"{"batch":{"command_ms":30}}"#);
    let start = Instant::now();
    let answer = panel.whm("batch", &commands.join("&"));
    assert_eq!(answer["metadata"]["result"], 1, "{answer}");
    assert!(start.elapsed() >= Duration::from_millis(60), "every command takes its time");
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 1}));
    assert_eq!(panel.verify("post@example.net", STRONG), json!({"valid": true, "changes": 1}));
    let counters = panel.control("GET", "/state", "")["counters"].clone();
    assert_eq!((&counters["requests"], &counters["functions"]["Email::passwd_pop"]), (&json!(1), &json!(2)));
}

#[test]
fn an_account_gets_a_new_password_in_the_system_s_shadow_file() {
    let panel = Program::start(&[]);
    let before = panel.file("etc/shadow");
    assert_eq!(panel.whm("passwd", &format!("user=shop&password={STRONG_FORM}"))["metadata"]["result"], 1);
    let after = panel.file("etc/shadow");
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert!(changed.len() == 1 && changed[0].1.starts_with("shop:$6$"), "{after}");
    assert_eq!(panel.verify("shop", STRONG), json!({"valid": true, "changes": 1}));
}
