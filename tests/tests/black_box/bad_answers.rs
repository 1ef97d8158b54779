//! Every answer that a panel, or what stands before it, may give: no row counts as changed or refused that is not.

use cprekey_tests::{Panel, Place, Run};
use serde_json::{Value, json};

const CHANGE: &str = "Email::passwd_pop";
const PROOF: &str = "Email::verify_password";
const ADDRESS: &str = "user1@example.com";
const PASSWORD: &str = "Tide&Orchard#1";

/// What a row may come to under `--verify none`, `unknown` and `all`: outcome, reason, exit code.
type Allowed = [(&'static str, &'static str, i32); 3];

const DENIED: Allowed = [("not-tried", "access-denied", 4); 3];
const DONE: Allowed = [("changed", "", 0), ("changed", "", 0), ("changed", "verified", 0)];

/// It was not done, and nobody but the user can find out by trying again.
const fn not_done(reason: &'static str) -> Allowed {
    [("unknown", reason, 7); 3]
}

/// It was done, and a verification finds out.
const fn done_unsaid(reason: &'static str) -> Allowed {
    [("unknown", reason, 7), ("changed", "verified", 0), ("changed", "verified", 0)]
}

/// A place with a panel that answers so to changes.
fn answering(rules: &Value) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.list("list.csv", 1);
    panel.switch(rules);
    (place, panel)
}

/// The rule that changes are answered so.
fn on_change(mut rule: Value) -> Value {
    rule["match"]["function"] = json!(CHANGE);
    rule
}

fn apply(place: &Place, panel: &Panel, options: &[&str]) -> Run {
    place.apply("list.csv").args(["--retries", "0"]).args(options).on(panel).run()
}

/// Tries each way to verify on a fresh panel, and holds what the run says against what the panel knows.
fn assert_allowed(answer: &Value, options: &[&str], allowed: &Allowed) {
    for (verify, expected) in ["none", "unknown", "all"].into_iter().zip(*allowed) {
        let (place, panel) = answering(&on_change(answer.clone()));
        let run = apply(&place, &panel, &[options, &["--verify", verify]].concat());
        let row = &run.report()[0];
        assert_eq!((&*row.outcome, &*row.reason, run.code), expected, "{answer}, --verify {verify}: {run}");
        let done = panel.verify(ADDRESS, PASSWORD);
        match row.outcome.as_str() {
            "changed" | "unchanged" => assert!(done, "{answer}: {run}"),
            "refused" | "not-tried" => assert!(!done, "{answer}: {run}"),
            _ => {}
        }
    }
}

/// NET-11.
#[test]
fn a_refused_credential_is_no_answer_to_a_change() {
    for answer in ["denied-403", "denied-401-html", "login-page-200", "tfa-page"] {
        assert_allowed(&json!({"answer": answer}), &[], &DENIED);
    }
}

/// NET-15.
#[test]
fn one_refused_credential_is_all_that_a_panel_gets() {
    for denied in ["403", "401-html", "login-page-200", "redirect"] {
        let place = Place::new();
        let panel = Panel::with_mailboxes(&place, 9);
        place.list("list.csv", 9);
        panel.behaviour(&json!({"denied": denied}));
        let run = place.apply("list.csv").args(["--jobs", "9"]).on(&panel).token("NOT-THE-TOKEN").run();
        assert_eq!((run.code, run.outcomes()), (4, vec!["not-tried"; 9]), "{denied}: {run}");
        assert_eq!((panel.counters().requests(), panel.counters().failed_authentications()), (1, 1));
    }
}

#[test]
fn a_busy_panel_has_not_changed_or_may_have() {
    assert_allowed(&json!({"answer": "status-429"}), &[], &[("not-tried", "busy", 1); 3]);
    assert_allowed(&json!({"answer": "status-503"}), &[], &not_done("busy"));
    assert_allowed(&json!({"answer": "status-503", "apply": true}), &[], &done_unsaid("busy"));
}

#[test]
fn a_busy_panel_is_asked_again_when_it_wants_to_be() {
    for (status, retry_after, least) in [(429, json!(1), 1000), (503, json!("1"), 1000), (503, json!("soon"), 0)] {
        let answer = json!({"match": {"count": 1}, "answer": "status", "status": status, "retry_after": retry_after});
        let (place, panel) = answering(&on_change(answer));
        let run = place.apply("list.csv").args(["--retries", "1", "--output", "json"]).on(&panel).run();
        let events = run.events();
        let retrying = events.iter().find(|event| event["event"] == "retrying").unwrap();
        assert!(retrying["after_ms"].as_u64().unwrap() >= least, "{status} {retry_after}: {run}");
        assert_eq!((run.code, run.outcomes(), run.report()[0].attempts), (0, vec!["changed"], 2), "{run}");
    }
}

/// NET-19.
#[test]
fn a_failing_server_may_have_changed() {
    for status in ["status-500", "status-502", "status-504", "status-520"] {
        assert_allowed(&json!({"answer": status}), &[], &not_done("server-error"));
    }
    assert_allowed(&json!({"answer": "status-502", "apply": true}), &[], &done_unsaid("server-error"));
}

#[test]
fn a_status_that_nobody_expects_makes_no_sense() {
    for status in ["status-404", "status-405", "status-413", "status-418"] {
        assert_allowed(&json!({"answer": status}), &[], &not_done("bad-answer"));
    }
}

#[test]
fn what_is_no_envelope_makes_no_sense() {
    for answer in ["html", "garbage", "empty"] {
        assert_allowed(&json!({"answer": answer}), &[], &not_done("bad-answer"));
        assert_allowed(&json!({"answer": answer, "apply": true}), &[], &done_unsaid("bad-answer"));
    }
    for body in [
        "null",
        "1",
        "[]",
        "{}",
        "{\"status\":2}",
        "{\"status\":1",
        "{\"status\":1}{\"status\":1}",
        "{\"status\":null}",
    ] {
        assert_allowed(&json!({"answer": "raw", "body": body}), &[], &not_done("bad-answer"));
    }
    assert_allowed(&json!({"answer": "no-status"}), &[], &done_unsaid("bad-answer"));
    assert_allowed(&json!({"answer": "big-body"}), &[], &done_unsaid("bad-answer"));
    // Nobody asked for it, so that no answer can grow beyond what is read.
    assert_allowed(&json!({"answer": "gzip"}), &[], &done_unsaid("bad-answer"));
}

#[test]
fn an_explicit_one_counts_in_every_dress() {
    for answer in ["messages", "nested", "string-status", "close"] {
        assert_allowed(&json!({"answer": answer}), &[], &DONE);
    }
    assert_allowed(&json!({"answer": "big-body", "bytes": 20_000}), &[], &DONE);
    assert_allowed(&json!({"answer": "slow", "ms": 50, "when": "before"}), &[], &DONE);
    assert_allowed(&json!({"answer": "drip", "bytes": 64, "ms": 1}), &[], &DONE);
}

#[test]
fn an_answer_that_breaks_off_may_have_changed() {
    assert_allowed(&json!({"answer": "reset-before"}), &[], &not_done("connection-lost"));
    for answer in ["reset-after", "truncated"] {
        assert_allowed(&json!({"answer": answer}), &[], &done_unsaid("connection-lost"));
    }
}

/// NET-06.
#[test]
fn an_answer_that_does_not_come_in_time_may_have_changed() {
    let timeout = ["--timeout", "0.3"];
    assert_allowed(&json!({"answer": "stall"}), &timeout, &done_unsaid("timeout"));
    assert_allowed(&json!({"answer": "slow", "ms": 60_000}), &timeout, &done_unsaid("timeout"));
    assert_allowed(&json!({"answer": "drip"}), &timeout, &done_unsaid("timeout"));
    assert_allowed(&json!({"answer": "stall", "apply": false}), &timeout, &not_done("timeout"));
    assert_allowed(&json!({"answer": "slow", "ms": 60_000, "when": "before"}), &timeout, &not_done("timeout"));
}

#[test]
fn a_refusal_is_believed_unless_the_mailbox_has_the_password() {
    let refused = [("refused", "rejected", 3); 3];
    assert_allowed(&json!({"answer": "refuse", "text": "No."}), &[], &refused);
    let (place, panel) =
        answering(&on_change(json!({"answer": "refuse", "text": "You have it already.", "apply": true})));
    let run = apply(&place, &panel, &["--verify", "all"]);
    assert_eq!((run.code, run.outcomes(), &*run.report()[0].reason), (0, vec!["unchanged"], "verified"), "{run}");
}

/// NET-28.
#[test]
fn a_lie_is_found_out_where_every_row_is_verified() {
    let (place, panel) = answering(&on_change(json!({"answer": "lie"})));
    let run = apply(&place, &panel, &["--verify", "all"]);
    assert_eq!((run.code, run.outcomes(), &*run.report()[0].reason), (7, vec!["unknown"], "mismatch"), "{run}");
    assert!(!panel.verify(ADDRESS, PASSWORD));
}

#[test]
fn a_refusal_behind_a_lost_answer_is_no_proof_that_nothing_changed() {
    let rules = |lost: &str| {
        let refuse = on_change(json!({"match": {"from": 2}, "answer": "refuse", "text": "You used this one before."}));
        json!([on_change(json!({"match": {"count": 1}, "answer": lost})), refuse])
    };
    for (lost, verify, code, outcome) in [
        ("reset-after", "none", 7, "unknown"),
        ("reset-after", "unknown", 0, "changed"),
        // What was lost was not done, so the panel's later no is all there is.
        ("reset-before", "unknown", 3, "refused"),
    ] {
        let (place, panel) = answering(&rules(lost));
        let run = place.apply("list.csv").args(["--retries", "1", "--verify", verify]).on(&panel).run();
        assert_eq!((run.code, run.outcomes(), run.report()[0].attempts), (code, vec![outcome], 2), "{lost}: {run}");
    }
}

#[test]
fn a_lost_answer_is_asked_for_again() {
    for answer in ["reset-after", "reset-before", "truncated", "status-500"] {
        let (place, panel) = answering(&on_change(json!({"match": {"count": 1}, "answer": answer})));
        let run = place.apply("list.csv").args(["--retries", "1"]).on(&panel).run();
        assert_eq!((run.code, run.outcomes(), run.report()[0].attempts), (0, vec!["changed"], 2), "{answer}: {run}");
        assert!(panel.verify(ADDRESS, PASSWORD));
    }
}

/// NET-32.
#[test]
fn a_proof_without_a_usable_answer_proves_nothing() {
    let garbled = on_change(json!({"answer": "garbage", "apply": true}));
    for answer in ["garbage", "empty", "status-500", "reset-after", "no-status", "lie"] {
        let proof = json!({"match": {"function": PROOF}, "answer": answer});
        let (place, panel) = answering(&json!([garbled, proof]));
        let run = apply(&place, &panel, &[]);
        let expected = if answer == "lie" { (0, vec!["changed"]) } else { (7, vec!["unknown"]) };
        assert_eq!((run.code, run.outcomes()), expected, "{answer}: {run}");
        panel.clear_switches();
        panel.switch(&proof);
        let run = apply(&place, &panel, &["--verify", "all"]);
        let reason = if answer == "lie" { "verified" } else { "not-verified" };
        assert_eq!((run.code, &*run.report()[0].reason), (0, reason), "{answer}: {run}");
    }
}

#[test]
fn a_panel_that_does_not_answer_the_first_questions_gets_its_changes_all_the_same() {
    for function in ["PasswdStrength::get_required_strength", "Email::list_pops"] {
        for answer in [json!("garbage"), json!("html"), json!("status-500"), json!("no-status")] {
            let (place, panel) = answering(&json!({"match": {"function": function}, "answer": answer}));
            let run = apply(&place, &panel, &[]);
            assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{function} {answer}: {run}");
            assert!(run.stderr.contains("warning: ") && run.stderr.contains("the panel did not say"), "{run}");
        }
    }
}

/// NET-17.
#[test]
fn who_answers_the_first_question_like_no_panel_is_sent_no_password() {
    for (answer, code, reason) in [
        ("html", 1, "no-answer"),
        ("status-404", 1, "no-answer"),
        ("empty", 1, "no-answer"),
        ("login-page-200", 4, "access-denied"),
    ] {
        let (place, panel) = answering(&json!({"answer": answer}));
        let run = apply(&place, &panel, &[]);
        assert_eq!((run.code, run.outcomes(), &*run.report()[0].reason), (code, vec!["not-tried"], reason), "{run}");
        assert_eq!(panel.counters().requests(), 1, "{answer}: {run}");
    }
}

#[test]
fn a_panel_that_only_talks_nonsense_is_left_alone() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 8);
    place.list("list.csv", 8);
    panel.switch(&on_change(json!({"answer": "garbage"})));
    let run = apply(&place, &panel, &["--jobs", "1", "--verify", "none"]);
    assert_eq!((run.code, panel.counters().calls(CHANGE)), (1, 5), "{run}");
    assert_eq!(run.outcomes(), [vec!["unknown"; 5], vec!["not-tried"; 3]].concat(), "{run}");
    assert!(run.report()[5..].iter().all(|row| row.reason == "no-answer"), "{run}");
}

#[test]
fn the_panels_words_come_without_the_password_and_without_escapes() {
    let text = format!("\u{1b}[31mThe password “{PASSWORD}” of {ADDRESS} is no good.\u{202e}\u{7}");
    let (place, panel) = answering(&on_change(json!({"answer": "refuse", "text": text})));
    let run = apply(&place, &panel, &["--verbose"]);
    let row = &run.report()[0];
    assert!(run.code == 3 && row.detail.contains("is no good."), "{run}");
    for seen in [&row.detail, &run.stdout, &run.stderr] {
        assert!(!seen.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{seen:?}");
    }
}
