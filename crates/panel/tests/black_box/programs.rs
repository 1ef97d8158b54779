//! The local programs of the built panel: what is typed, and what is answered.

use std::fs;

use serde_json::{Value, json};

use super::local::{is_root, said};
use super::program::{Program, STRONG, STRONG_FORM};

const ANNA: &str = "Email passwd_pop email=anna%40example.com";

/// A panel in memory that takes every password.
fn lenient() -> Program {
    let panel = Program::start(&["--no-hashing"]);
    panel.set(&json!({"required_strength": 0}));
    panel
}

fn has(panel: &Program, password: &str) -> bool {
    panel.verify("anna@example.com", password)["valid"] == true
}

#[test]
fn an_answer_is_yaml_unless_json_is_asked_for() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    for option in ["", "--output=yaml "] {
        let yaml = panel.local("uapi", &format!("--user=shop {option}Email count_pops"));
        assert!(yaml.stdout.starts_with("---\napiversion: 3\nfunc: count_pops\nmodule: Email\nresult:\n  data: 5\n"));
        assert_eq!(yaml.code(), Some(0));
    }
    let json = panel.local("uapi", "--user=shop --output=json Email count_pops");
    let envelope = json!({"apiversion": 3, "module": "Email", "func": "count_pops", "result":
        {"status": 1, "data": 5, "errors": null, "messages": null, "warnings": null, "metadata": {}}});
    assert_eq!((json.json(), json.stdout.lines().count()), (envelope.clone(), 1));
    let pretty = panel.local("uapi", "--user=shop --output=jsonpretty Email count_pops");
    assert_eq!(pretty.json(), envelope);
    assert!(pretty.stdout.lines().count() > 5);
    assert!(panel.local("uapi", "--user=shop --output=xml Email count_pops").complains("no XML"));
}

#[test]
fn values_are_decoded_by_every_program() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    let uapi = ["--user=shop", "Email", "passwd_pop", "email=anna%40example.com"];
    let whm = [
        "uapi_cpanel",
        "cpanel.user=shop",
        "cpanel.module=Email",
        "cpanel.function=passwd_pop",
        "email=anna%40example.com",
    ];
    let api2 = ["--user=shop", "Email", "passwdpop", "domain=example.com", "email=anna"];
    for (program, call) in [("uapi", &uapi[..]), ("whmapi1", &whm[..]), ("cpapi2", &api2[..])] {
        for (typed, received) in [
            ("A+B", "A B"),
            ("A%2BB", "A+B"),
            ("50%25off", "50%off"),
            ("a%20b", "a b"),
            ("a&b", "a&b"),
            ("a/b", "a/b"),
            ("a=b", "a=b"),
            ("a b", "a b"),
            ("%40x", "@x"),
            ("%C3%A4", "ä"),
        ] {
            let password = format!("password={typed}");
            let said = said(&mut panel.command(program, &[call, &[password.as_str()][..]].concat()));
            assert_eq!((said.code(), said.stderr.as_str()), (Some(0), ""));
            assert!(has(&panel, received), "{program} {typed}: {}", said.stdout);
        }
    }
    panel.set(&json!({"local": {"plus_is_space": ["uapi"]}}));
    panel.local("cpapi2", &format!("{} password=A+B", api2.join(" ")));
    assert!(has(&panel, "A+B"));
}

#[test]
fn a_value_that_begins_with_a_bare_at_is_in_a_file() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), "a%20b+c\n").unwrap();
    let change = || {
        let arguments = [&["--user=shop", "--output=json"][..], &ANNA.split(' ').collect::<Vec<_>>()].concat();
        let mut command = panel.command("uapi", &[&arguments[..], &["password=@secret"]].concat());
        said(command.current_dir(folder.path()))
    };
    assert_eq!(change().json()["result"]["status"], 1);
    assert!(has(&panel, "a%20b+c\n"));
    panel.set(&json!({"local": {"at_file_newline": "cut"}}));
    change();
    assert!(has(&panel, "a%20b+c"));
    panel.set(&json!({"local": {"at_file": ["whmapi1"]}}));
    change();
    assert!(has(&panel, "@secret"));
    panel.set(&json!({"local": {}}));
    fs::remove_file(folder.path().join("secret")).unwrap();
    let missing = change();
    assert!(missing.complains("cannot read secret: "), "{}", missing.stderr);
}

#[test]
fn arguments_come_as_json_on_standard_input() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    let own = json!({"email": "anna@example.com", "password": "p+q%r @ä"});
    let passed = json!({"cpanel.user": "shop", "cpanel.module": "Email", "cpanel.function": "passwd_pop",
        "email": "anna@example.com", "password": "p+q%s"});
    let line = "--input=json --output=json uapi_cpanel";
    let whm = panel.local_with_input("whmapi1", line, &passed.to_string()).json();
    assert_eq!((&whm["metadata"]["result"], &whm["data"]["uapi"]["status"]), (&json!(1), &json!(1)));
    assert!(has(&panel, "p+q%s"));
    let line = "--user=shop --input=json --output=json Email passwd_pop";
    let uapi = |input: &str| panel.local_with_input("uapi", line, input);
    assert_eq!(uapi(&own.to_string()).json()["result"]["status"], 1);
    assert!(has(&panel, "p+q%r @ä"));
    assert!(uapi("[]").complains("no JSON object"));
    panel.set(&json!({"local": {"json": ["whmapi1"]}}));
    let ignored = uapi(&own.to_string()).json()["result"].clone();
    assert_eq!(ignored["status"], 0);
    assert!(ignored["errors"][0].as_str().unwrap().contains("“email” argument"), "{ignored}");
    panel.set(&json!({"local": {"json": ["whmapi1"], "json_off": "usage"}}));
    let refused = uapi(&own.to_string());
    assert!(refused.stderr.contains("no option --input") && refused.stdout.starts_with("Usage: uapi "));
    assert_eq!(refused.code(), Some(1));
}

#[test]
fn cpapi2_takes_no_json_unless_told_otherwise() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    let input = json!({"domain": "example.com", "email": "anna", "password": "x"}).to_string();
    let line = "--user=shop --input=json --output=json Email passwdpop";
    let verdict = || panel.local_with_input("cpapi2", line, &input).json()["cpanelresult"]["data"][0]["result"].clone();
    assert_eq!(verdict(), 0);
    panel.set(&json!({"required_strength": 0, "local": {"json": ["cpapi2"]}}));
    assert_eq!(verdict(), 1);
}

#[test]
fn keys_may_be_repeated_or_numbered() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    for fields in ["name=user name=domain", "name-1=domain name-0=user"] {
        let data = panel.uapi(&format!("Variables get_user_information {fields}"))["data"].clone();
        assert_eq!(data, json!({"user": "shop", "domain": "example.com"}), "{fields}");
    }
}

#[test]
fn root_without_a_user_gets_usage_and_no_envelope() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    for program in ["uapi", "cpapi2"] {
        let said = panel.local(program, "--output=json Email list_pops");
        assert_eq!(said.code(), Some(1));
        assert!(said.stderr.contains("--user=ACCOUNT") && said.stdout.starts_with("Usage: "), "{}", said.stdout);
        assert!(!said.stdout.contains('{'));
        assert!(panel.local(program, "--user=nobody Email list_pops").complains("no account named \"nobody\""));
    }
    assert_eq!(panel.count("local_calls"), 4);
    assert_eq!(panel.control("GET", "/state", "")["counters"]["functions"], json!({}));
    let help = panel.local("whmapi1", "--help");
    assert!(help.code() == Some(0) && help.stdout.starts_with("Usage: whmapi1 [options] function"));
}

#[test]
fn the_code_is_0_though_the_call_is_refused_unless_told_otherwise() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    let calls = [
        ("uapi", format!("--user=shop {ANNA} password=weak")),
        ("cpapi2", "--user=shop Email passwdpop domain=example.com email=anna password=weak".to_owned()),
        ("whmapi1", "passwd user=shop password=weak".to_owned()),
    ];
    for code in [0, 3] {
        panel.set(&json!({"local": {"exit_code": code}}));
        for (program, line) in &calls {
            assert_eq!(panel.local(program, line).code(), Some(code), "{program}");
            assert_eq!(panel.local(program, &line.replace("weak", STRONG_FORM)).code(), Some(0), "{program}");
        }
    }
}

#[test]
fn what_fails_before_the_function_runs_has_no_metadata() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    for line in ["Email no_such", "Nothing list_pops"] {
        let result = panel.uapi(line);
        assert_eq!((&result["status"], result.get("metadata")), (&json!(0), None), "{line}");
    }
    let missing = panel.uapi("Email passwd_pop password=x");
    assert_eq!((&missing["status"], &missing["metadata"]), (&json!(0), &json!({})));
    assert!(missing["errors"][0].as_str().unwrap().contains("Provide the “email” argument"));
}

#[test]
fn cpapi2_and_whmapi1_answer_in_their_own_envelopes() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&[]);
    let line = format!(
        "--user=shop --output=json Passwd change_password user=shop oldpass=before-Shop-77! newpass={STRONG_FORM}"
    );
    let changed = panel.local("cpapi2", &line).json()["cpanelresult"].clone();
    assert_eq!((&changed["event"]["result"], &changed["data"][0]["status"]), (&json!(1), &json!(1)));
    assert_eq!(panel.verify("shop", STRONG), json!({"valid": true, "changes": 1}));
    let line = "--output=json passwd user=studio db_pass_update=0 password=";
    let changed = panel.local("whmapi1", &format!("{line}{STRONG_FORM}")).json();
    assert_eq!(changed["metadata"]["reason"], "Password changed for user “studio”.");
    assert_eq!(changed["data"]["app"], json!(["system", "ftp", "mail"]));
    assert_eq!(panel.verify("studio", STRONG)["valid"], true);
}

#[test]
fn a_batch_takes_its_commands_encoded_twice() {
    if !is_root() {
        return;
    }
    let panel = lenient();
    let command = "command=uapi_cpanel%3Fcpanel.user%3Dshop%26cpanel.module%3DEmail%26cpanel.function%3Dpasswd_pop\
        %26email%3Danna%2540example.com%26password%3Da%252Bb";
    let answer = panel.local("whmapi1", &format!("--output=json batch {command} command=listaccts")).json();
    assert_eq!(answer["metadata"]["result"], 1, "{answer}");
    assert_eq!(answer["data"]["result"][1]["data"]["acct"].as_array().unwrap().len(), 2);
    assert!(has(&panel, "a+b"));
}

#[test]
fn one_state_serves_programs_and_faces() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&[]);
    assert_eq!(panel.uapi(&format!("{ANNA} password={STRONG_FORM}"))["status"], 1);
    assert!(panel.file("home/shop/etc/example.com/shadow").contains("anna:$6$"));
    let form = format!("email=anna%40example.com&password={STRONG_FORM}");
    assert_eq!(panel.call("Email/verify_password", &form)["data"], 1);
    let change = panel.control("GET", "/journal", "")["changes"][0].clone();
    assert_eq!(
        (&change["account"], &change["address"], &change["connection"]),
        (&json!("shop"), &json!("anna@example.com"), &json!(0))
    );
    let counters = panel.control("GET", "/state", "")["counters"].clone();
    let counted: Vec<_> =
        ["local_calls", "local_calls_now", "local_calls_most", "requests"].map(|name| &counters[name]).into();
    assert_eq!(counted, [1, 0, 1, 1]);
    assert_eq!(counters["functions"], json!({"Email::passwd_pop": 1, "Email::verify_password": 1}));
}

#[test]
fn programs_are_as_slow_as_the_panel_is_set() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing", "--latency", "120ms"]);
    let start = std::time::Instant::now();
    assert_eq!(panel.uapi("Email count_pops")["data"], 5);
    assert!(start.elapsed() >= std::time::Duration::from_millis(120));
}

#[test]
fn the_log_has_what_everybody_could_see_and_no_input() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    let line = "--user=shop --input=json --output=json Email passwd_pop";
    panel.local_with_input("uapi", line, &json!({"email": "anna@example.com", "password": STRONG}).to_string());
    said(
        panel
            .command("cpapi2", &["--user=shop", "Email", "passwdpop", "password=seen"])
            .env_clear()
            .env("CANARY", "hidden"),
    );
    let log = panel.file("command_log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["program"], &lines[0]["euid"]), (&json!("uapi"), &json!(0)));
    assert_eq!(lines[0]["arguments"][1], "--user=shop");
    assert_eq!(lines[1]["arguments"].as_array().unwrap().last(), Some(&json!("password=seen")));
    assert_eq!(lines[1]["environment"], json!(["CANARY"]));
    assert!(!log.contains(STRONG) && !log.contains("hidden"));
}

#[test]
fn warnings_stand_where_they_are_wanted() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    for (place, on_stderr, on_stdout) in
        [("none", false, false), ("stderr", true, false), ("stdout-before", false, true), ("both", true, true)]
    {
        panel.set(&json!({"local": {"warnings": place}}));
        let said = panel.local("uapi", "--user=shop --output=json Email count_pops");
        let warns = |text: &str| text.starts_with("[20") && text.contains(" +0000] warn [uapi] ");
        assert_eq!((warns(&said.stderr), warns(&said.stdout)), (on_stderr, on_stdout), "{place}");
        let envelope: Value = serde_json::from_str(&said.stdout[said.stdout.find('{').unwrap()..]).unwrap();
        assert_eq!(envelope["result"]["data"], 5);
    }
}
