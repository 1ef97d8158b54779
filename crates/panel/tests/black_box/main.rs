//! The built program, talked to over TLS by a small client of the test's own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api2;
mod client;
mod endings;
mod local;
mod program;
mod programs;
mod users;
mod whm;

use std::fs;

use serde_json::json;

use program::{Program, STRONG, STRONG_FORM};

const ANNA: &str = "email=anna%40example.com";

#[test]
fn a_password_is_changed_in_the_shadow_file_and_in_no_log() {
    let panel = Program::start(&[]);
    let before = panel.file("home/shop/etc/example.com/shadow");
    assert_eq!(panel.call("Email/passwd_pop", &format!("{ANNA}&password={STRONG_FORM}"))["status"], 1);
    assert_eq!(panel.call("Email/verify_password", &format!("{ANNA}&password={STRONG_FORM}"))["data"], 1);
    assert_eq!(panel.call("Email/verify_password", &format!("{ANNA}&password=wrong"))["data"], 0);
    let after = panel.file("home/shop/etc/example.com/shadow");
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].1.starts_with("anna:$6$") && changed[0].1.ends_with(":19000::::::"));
    let log = panel.file("access_log");
    assert_eq!(log.lines().filter(|line| line.contains("\"POST /execute/Email/passwd_pop HTTP/1.1\" 200")).count(), 1);
    assert!(log.contains(" - shop [") && !log.contains(STRONG) && !log.contains(STRONG_FORM));
    assert!(!log.contains(panel.token()));
}

#[test]
fn a_password_in_a_query_is_in_the_log_as_on_a_real_server() {
    let panel = Program::start(&[]);
    let answer = panel.client().get(&format!("/execute/Email/verify_password?{ANNA}&password=seen"), &panel.bearer());
    assert_eq!(answer.json()["data"], 0);
    assert!(panel.file("access_log").contains("password=seen"));
}

#[test]
fn mailboxes_are_listed() {
    let panel = Program::start(&[]);
    let listed = panel.call("Email/list_pops", "skip_main=1&regex=example.org")["data"].clone();
    assert_eq!(listed[0]["email"], "anna@example.org");
    assert_eq!(
        listed[1],
        json!({"email": "gone@example.org", "login": "gone@example.org",
        "suspended_incoming": 0, "suspended_login": 1})
    );
}

#[test]
fn a_bad_token_is_denied_and_counted() {
    let panel = Program::start(&["--no-hashing"]);
    let answer = panel.client().post("/execute/Email/list_pops", "", "cpanel shop:wrong");
    assert_eq!(answer.status_line, "HTTP/1.1 403 Forbidden Access denied");
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=\"utf-8\""));
    assert_eq!(answer.json()["cpanelresult"]["data"]["result"], "0");
    assert_eq!(panel.control("GET", "/state", "")["counters"]["failed_authentications"], 1);
}

#[test]
fn one_connection_carries_several_requests() {
    let panel = Program::start(&["--no-hashing"]);
    let answers = panel.client().twice("/execute/Email/count_pops", &panel.bearer());
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!(panel.control("GET", "/state", "")["counters"]["connections_opened"], 1);
    assert_eq!(panel.file("access_log").matches(" connection=1\n").count(), 2);
}

#[test]
fn a_client_that_comes_back_goes_on_with_its_earlier_tls() {
    let panel = Program::start(&["--no-hashing"]);
    let client = panel.client();
    let resumed = || {
        client.get("/execute/Email/count_pops", &panel.bearer());
        panel.control("GET", "/state", "")["counters"]["handshakes_resumed"].clone()
    };
    assert_eq!((resumed(), resumed(), resumed()), (json!(0), json!(1), json!(2)));
}

#[test]
fn a_rule_holds_for_the_requests_it_names() {
    let panel = Program::start(&["--no-hashing"]);
    let rule = r#"{"match":{"function":"Email::passwd_pop","count":1},"answer":"status-503","retry_after":7}"#;
    panel.control("POST", "/switch", rule);
    let change = || {
        let form = format!("{ANNA}&password={STRONG_FORM}");
        panel.client().post("/execute/Email/passwd_pop", &form, &panel.bearer())
    };
    let first = change();
    assert_eq!((first.status(), first.header("retry-after")), (503, Some("7")));
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": false, "changes": 0}));
    assert_eq!(change().status(), 200);
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 1}));
    assert_eq!(panel.control("GET", "/state", "")["rules"][0]["fired"], 1);
}

#[test]
fn a_rule_about_an_address_meets_its_local_part_alone() {
    let panel = Program::start(&["--no-hashing"]);
    panel.control("POST", "/switch", r#"{"match":{"address":"anna@example.com"},"answer":"refuse","text":"no"}"#);
    let status = |email: &str| {
        panel.call("Email/passwd_pop", &format!("email={email}&password={STRONG_FORM}"))["status"].clone()
    };
    assert_eq!((status("anna"), status("bert"), status("anna%40example.org")), (json!(0), json!(1), json!(1)));
}

#[test]
fn an_answer_can_be_lost_after_the_change_or_before_it() {
    for (kind, changes) in [("reset-after", 1), ("reset-before", 0), ("truncated", 1), ("lie", 0)] {
        let rule = format!("{{\"answer\":\"{kind}\"}}");
        let panel = Program::start(&["--no-hashing", "--switch", &rule]);
        let form = format!("{ANNA}&password={STRONG_FORM}");
        let answer = panel.client().try_post("/execute/Email/passwd_pop", &form, &panel.bearer());
        assert_eq!(answer.is_some_and(|answer| answer.is_whole()), kind == "lie", "{kind}");
        assert_eq!(panel.verify("anna@example.com", STRONG)["changes"], changes, "{kind}");
    }
}

#[test]
fn the_journal_tells_who_was_changed_when() {
    let panel = Program::start(&["--no-hashing"]);
    for name in ["anna", "bert", "anna"] {
        panel.call("Email/passwd_pop", &format!("email={name}%40example.com&password={STRONG_FORM}"));
    }
    let changes = panel.control("GET", "/journal", "")["changes"].clone();
    let addresses: Vec<_> = changes.as_array().unwrap().iter().map(|change| &change["address"]).collect();
    assert_eq!(addresses, ["anna@example.com", "bert@example.com", "anna@example.com"]);
    assert!(!changes.to_string().contains(STRONG));
    panel.control("POST", "/reset-counters", "");
    assert_eq!(panel.control("GET", "/state", "")["changes"], 0);
}

#[test]
fn a_request_to_the_control_port_that_is_not_right_changes_nothing() {
    let panel = Program::start(&["--no-hashing"]);
    for (path, body) in [("/switch", r#"[{"answer":"lie"},{"answer":"lye"}]"#), ("/behaviour", "[]"), ("/nowhere", "")]
    {
        assert!(panel.control("POST", path, body)["error"].is_string(), "{path}");
    }
    assert_eq!(panel.control("GET", "/state", "")["rules"], json!([]));
}

#[test]
fn settings_change_while_it_runs() {
    let panel = Program::start(&["--no-hashing"]);
    panel.control("POST", "/behaviour", r#"{"token_dies_after":1,"denied":"401-html"}"#);
    let status = || panel.client().post("/execute/Email/count_pops", "", &panel.bearer()).status();
    assert_eq!([status(), status(), status()], [200, 401, 401]);
}

#[test]
fn several_passwords_are_verified_at_once() {
    let panel = Program::start(&[]);
    let questions = json!([
        {"address": "anna@example.com", "password": "before-Anna-71!"},
        {"address": "anna@example.com", "password": "before-Bert-72!"},
        {"address": "nobody@example.com", "password": "x"},
    ]);
    let verdicts = panel.control("POST", "/verify", &questions.to_string());
    let valid: Vec<_> = verdicts.as_array().unwrap().iter().map(|verdict| &verdict["valid"]).collect();
    assert_eq!(valid, [true, false, false]);
}

#[test]
fn a_panel_started_again_on_its_state_is_trusted_and_remembers() {
    let folder = tempfile::tempdir().unwrap();
    let state = ["--state", folder.path().to_str().unwrap()];
    let first = Program::start(&state);
    first.call("Email/passwd_pop", &format!("{ANNA}&password={STRONG_FORM}"));
    let pin = first.ready["pin"].clone();
    assert!(first.stop().success());
    let second = Program::start(&state);
    assert_eq!(second.ready["pin"], pin);
    assert_eq!(second.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 0}));
}

#[test]
fn a_temporary_state_is_gone_at_the_end() {
    let panel = Program::start(&[]);
    let state = std::path::PathBuf::from(panel.ready["state"].as_str().unwrap());
    assert!(state.exists());
    assert!(panel.stop().success());
    assert!(!state.exists());
}

#[test]
fn a_signal_ends_it_well() {
    for signal in ["TERM", "INT", "HUP"] {
        assert!(Program::start(&["--no-hashing"]).kill(signal).success(), "{signal}");
    }
}

#[test]
fn a_signal_while_passwords_are_still_hashed_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("panel.toml");
    let account = |n: u32| {
        let mailbox = format!("[{{address='a@d{n}.test', password='x{n}'}}]");
        format!("[[account]]\nname='u{n}'\ndomain='d{n}.test'\nmailboxes={mailbox}\n")
    };
    fs::write(&config, format!("rounds=200000\n{}", (0..500).map(account).collect::<String>())).unwrap();
    let temporary = place.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    for signal in ["TERM", "HUP"] {
        let ended = program::end_early(&["--config", config.to_str().unwrap()], &temporary, signal);
        assert!(ended.status.success() && ended.stdout.is_empty(), "{signal}: {ended:?}");
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "{signal}");
    }
}

#[test]
fn other_addresses_than_loopback_are_refused() {
    let refused = program::run(&["--listen", "0.0.0.0:0"]);
    assert!(!refused.status.success());
    assert!(refused.stdout.is_empty());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("loopback only"));
}
