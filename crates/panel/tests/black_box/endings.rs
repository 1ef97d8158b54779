//! Local programs that answer otherwise than they should, or do not end as they should.

use std::fs;
use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::local::{Said, is_root, said};
use super::program::{Program, STRONG_FORM};

const ANNA: &str = "anna@example.com";

fn change(panel: &Program) -> Said {
    said(&mut change_by(panel))
}

fn change_by(panel: &Program) -> Command {
    let password = format!("password={STRONG_FORM}");
    panel.command(
        "uapi",
        &["--user=shop", "--output=json", "Email", "passwd_pop", "email=anna%40example.com", &password],
    )
}

fn changes(panel: &Program) -> u64 {
    panel.verify(ANNA, "")["changes"].as_u64().unwrap()
}

/// What a program says under a rule, and how many changes that made.
fn under(rule: &Value) -> (Said, u64) {
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(rule);
    let said = change(&panel);
    assert_eq!(panel.control("GET", "/state", "")["rules"][0]["fired"], 1, "{rule}");
    (said, changes(&panel))
}

#[test]
fn rules_bend_what_is_written() {
    if !is_root() {
        return;
    }
    let result = |answer: Value| under(&answer).0.json()["result"].clone();
    assert_eq!(result(json!({"answer": "refuse", "text": "no"}))["errors"], json!(["no"]));
    assert_eq!(result(json!({"answer": "lie"}))["status"], 1);
    assert_eq!(result(json!({"answer": "messages", "messages": ["x"]}))["messages"], json!(["x"]));
    assert_eq!(result(json!({"answer": "string-status"}))["status"], "1");
    assert_eq!(result(json!({"answer": "no-status"})).get("status"), None);
    assert_eq!(result(json!({"answer": "slow", "ms": 1, "when": "before"}))["status"], 1);
    assert!(under(&json!({"answer": "big-body", "bytes": 100_000})).0.stdout.len() > 100_000);
    assert_eq!(under(&json!({"answer": "raw", "body": "{\"a\":1}"})).0.stdout, "{\"a\":1}");
    assert_eq!(under(&json!({"answer": "empty"})).0.stdout, "");
    assert!(under(&json!({"answer": "garbage"})).0.stdout.starts_with("}{"));
}

#[test]
fn a_truncated_answer_comes_after_the_change_and_a_lie_without_it() {
    if !is_root() {
        return;
    }
    let (cut, changes) = under(&json!({"answer": "truncated"}));
    assert!(changes == 1 && cut.stdout.starts_with('{') && serde_json::from_str::<Value>(&cut.stdout).is_err());
    for (answer, expected) in [("lie", 0), ("empty", 0), ("no-status", 1)] {
        assert_eq!(under(&json!({"answer": answer})).1, expected, "{answer}");
    }
}

#[test]
fn rules_reach_into_the_other_envelopes_too() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(&json!({"match": {"function": "whm::passwd", "address": "shop"}, "answer": "whm-result-0"}));
    let whm = panel.local("whmapi1", &format!("--output=json passwd user=shop password={STRONG_FORM}")).json();
    assert_eq!(whm["metadata"]["result"], 0);
    panel.rule(&json!({"match": {"function": "Email::passwdpop", "address": ANNA}, "answer": "api2-event-0-data-1"}));
    let line =
        format!("--user=shop --output=json Email passwdpop domain=example.com email=anna password={STRONG_FORM}");
    let api2 = panel.local("cpapi2", &line).json()["cpanelresult"].clone();
    assert_eq!((&api2["event"]["result"], &api2["data"][0]["result"]), (&json!(0), &json!(1)));
}

#[test]
fn answers_that_only_one_side_can_give_leave_the_other_alone() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    let form = format!("email=anna%40example.com&password={STRONG_FORM}");
    for answer in ["status-503", "denied-403", "stall", "reset-after", "gzip"] {
        panel.rule(&json!({"answer": answer}));
        assert_eq!(change(&panel).json()["result"]["status"], 1, "{answer}");
    }
    for answer in ["hang", "die"] {
        panel.rule(&json!({"answer": answer}));
        assert_eq!(panel.call("Email/passwd_pop", &form)["status"], 1, "{answer}");
    }
    panel.rule(&json!({"match": {"by": "program"}, "answer": "refuse", "text": "no"}));
    assert_eq!(panel.call("Email/passwd_pop", &form)["status"], 1);
    assert_eq!(change(&panel).json()["result"]["status"], 0);
    let refused = panel.control("POST", "/switch", r#"{"match":{"by":"program"},"answer":"status-503"}"#);
    assert!(refused["error"].as_str().unwrap().contains("for calls by https"), "{refused}");
}

#[test]
fn a_program_ends_with_a_code_or_says_more_than_its_answer() {
    if !is_root() {
        return;
    }
    let (exit, changes) = under(&json!({"answer": "exit", "code": 7}));
    assert_eq!((exit.code(), &exit.json()["result"]["status"], changes), (Some(7), &json!(1), 1));
    let (noisy, _) = under(&json!({"answer": "stderr", "text": "hm"}));
    assert_eq!((noisy.stderr.as_str(), noisy.code(), &noisy.json()["result"]["status"]), ("hm\n", Some(0), &json!(1)));
    let (noisy, _) = under(&json!({"answer": "noise-after", "text": "bye {"}));
    assert!(noisy.stdout.ends_with("}\nbye {\n") && noisy.stderr.is_empty(), "{}", noisy.stdout);
}

#[test]
fn a_program_dies_before_its_answer_or_after_it() {
    if !is_root() {
        return;
    }
    let (dead, changes) = under(&json!({"answer": "die"}));
    assert_eq!((dead.signal(), dead.stdout.as_str(), changes), (Some(9), "", 1));
    let (dead, changes) = under(&json!({"answer": "die", "signal": 15, "when": "after", "apply": false}));
    assert_eq!((dead.signal(), &dead.json()["result"]["status"], changes), (Some(15), &json!(1), 0));
}

#[test]
fn a_program_hangs_until_it_is_killed() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(&json!({"answer": "hang"}));
    let mut child = change_by(&panel).stdout(Stdio::piped()).spawn().unwrap();
    wait_until(|| changes(&panel) == 1);
    assert_eq!((panel.count("local_calls_now"), child.try_wait().unwrap()), (1, None));
    send("TERM", &child);
    assert_eq!(signal_of(&mut child), Some(15));
    wait_until(|| panel.count("local_calls_now") == 0);
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

#[test]
fn a_stubborn_program_and_its_child_hold_on() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(&json!({"answer": "hang", "stubborn": true, "child": true}));
    let mut child = change_by(&panel).stdout(Stdio::piped()).spawn().unwrap();
    wait_until(|| ignores_sigterm(&child));
    send("TERM", &child);
    send("KILL", &child);
    assert_eq!(signal_of(&mut child), Some(9));
    assert_eq!(panel.count("local_calls_now"), 1, "its child goes on");
    assert!(panel.stop().success());
    // Only now does the child end, and with it the output that it shares.
    child.stdout.take().unwrap().read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn a_program_that_is_killed_before_its_change_makes_none() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(&json!({"answer": "slow", "ms": 600_000, "when": "before"}));
    let mut child = change_by(&panel).spawn().unwrap();
    wait_until(|| panel.control("GET", "/state", "")["counters"]["functions"] == json!({"Email::passwd_pop": 1}));
    send("KILL", &child);
    child.wait().unwrap();
    wait_until(|| panel.count("local_calls_now") == 0);
    assert_eq!((changes(&panel), panel.count("local_calls_most")), (0, 1));
}

#[test]
fn programs_that_run_at_once_are_counted() {
    if !is_root() {
        return;
    }
    let panel = Program::start(&["--no-hashing"]);
    panel.rule(&json!({"answer": "hang"}));
    let mut children: Vec<_> = (0..3).map(|_| change_by(&panel).spawn().unwrap()).collect();
    wait_until(|| panel.count("local_calls_now") == 3);
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    wait_until(|| panel.count("local_calls_now") == 0);
    assert_eq!((panel.count("local_calls"), panel.count("local_calls_most")), (3, 3));
}

/// Asks until it is so; a minute without is a failure.
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never came about");
        thread::yield_now();
    }
}

fn ignores_sigterm(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap().trim();
    u64::from_str_radix(ignored, 16).unwrap() & (1 << 14) != 0
}

fn send(signal: &str, child: &Child) {
    let order = format!("kill -{signal} {}", child.id());
    assert!(Command::new("sh").args(["-c", &order]).status().unwrap().success());
}

fn signal_of(child: &mut Child) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt as _;
    child.wait().unwrap().signal()
}
