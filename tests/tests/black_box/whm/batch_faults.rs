//! Faults of batches: they make no row more than unknown, and none falsely changed.

use cprekey_tests::{Panel, Place, Run, eventually};
use serde_json::{Value, json};

use crate::server::{Rows, assert_honest, counts, fates, list};

const BATCH: &str = "whm::batch";
const CHANGE: &str = "Email::passwd_pop";

/// A place with a list of ten mailboxes, and a panel that has them and these rules.
fn ready(rules: &Value) -> (Place, Panel, Rows) {
    let place = Place::new();
    let rows = list(&place, 2);
    let panel = Panel::with_accounts(&place, 2, "");
    panel.switch(rules);
    (place, panel, rows)
}

/// Ten rows in one batch, unless the options say otherwise.
fn apply(place: &Place, panel: &Panel, options: &[&str]) -> Run {
    place.apply("list.csv").args(["--jobs", "1", "--retries", "0"]).args(options).through_whm(panel).run()
}

/// What a panel may answer to one change, in a batch as well as by itself.
fn answers_to_one() -> [Value; 10] {
    [
        json!({"answer": "lie"}),
        json!({"answer": "raw", "body": "null"}),
        json!({"answer": "raw", "body": "{\"metadata\":{\"result\":1,\"reason\":\"OK\"},\"data\":{}}"}),
        json!({"answer": "string-status"}),
        json!({"answer": "raw", "body": "{\"status\":1,\"errors\":null,\"data\":null}", "apply": true}),
        json!({"answer": "no-status"}),
        json!({"answer": "messages"}),
        json!({"answer": "whm-result-0"}),
        json!({"answer": "refuse", "text": "No."}),
        json!({"answer": "refuse", "text": "You used this one before.", "apply": true}),
    ]
}

#[test]
fn an_answer_in_a_batch_means_what_it_means_by_itself() {
    let [bad, unproved, no] = [("unknown", "bad-answer"), ("changed", ""), ("refused", "rejected")];
    let [proved, lie, had] = [("changed", "verified"), ("unknown", "mismatch"), ("unchanged", "verified")];
    for (verify, told) in [
        ("none", [unproved, bad, bad, unproved, bad, bad, unproved, bad, no, no]),
        ("unknown", [unproved, bad, bad, unproved, proved, proved, unproved, proved, no, no]),
        ("all", [lie, bad, bad, proved, proved, proved, proved, proved, no, had]),
    ] {
        let reports = [&["--batch", "1"][..], &[]].map(|options| {
            let (place, panel, rows) = ready(&json!([]));
            for (answer, (address, _)) in answers_to_one().iter().zip(&rows) {
                let mut rule = answer.clone();
                rule["match"] = json!({"function": CHANGE, "address": address});
                panel.switch(&rule);
            }
            let run = apply(&place, &panel, &[options, &["--verify", verify]].concat());
            let outcomes: Vec<_> = run.report().iter().map(|row| (&*row.outcome, &*row.reason)).collect();
            assert_eq!(outcomes, told, "--verify {verify} {options:?}: {run}");
            run.report().to_vec()
        });
        assert_eq!(fates(&reports[0]), fates(&reports[1]), "--verify {verify}");
    }
}

/// What a panel, or what stands before it, may answer to a whole batch.
fn answers_to_all() -> Vec<Value> {
    let whole = |results: &[Value]| {
        let metadata = json!({"version": 1, "command": "batch", "result": 1, "reason": "OK"});
        json!({"answer": "raw", "body": json!({"metadata": metadata, "data": {"result": results}}).to_string()})
    };
    let yes = json!({"metadata": {"version": 1, "command": "uapi_cpanel", "result": 1, "reason": "OK"}, "data": null});
    let of_uapi =
        json!({"status": 1, "errors": null, "messages": null, "warnings": null, "data": null, "metadata": {}});
    let own = ["reset-after", "reset-before", "truncated", "garbage", "empty", "html", "status-500", "no-status"];
    let own = own.map(|answer| json!({"answer": answer}));
    let forged = [
        whole(&[]),
        whole(&vec![yes.clone(); 9]),
        whole(&vec![yes.clone(); 11]),
        whole(&vec![yes; 10]),
        whole(&vec![of_uapi; 10]),
        whole(&vec![Value::Null; 10]),
        json!({"answer": "raw", "body": "{\"metadata\":{\"result\":1},\"data\":{\"result\":{\"0\":1}}}"}),
        json!({"answer": "raw", "body": "{\"status\":1,\"data\":null}"}),
    ];
    own.into_iter().chain(forged).collect()
}

#[test]
fn an_answer_to_the_whole_makes_no_row_more_than_unknown() {
    for mut answer in answers_to_all() {
        answer["match"] = json!({"function": BATCH});
        // Nor is any row done afterwards by itself.
        let afterwards = json!({"match": {"function": CHANGE}, "answer": "reset-before"});
        let (place, panel, _) = ready(&json!([answer, afterwards]));
        let run = apply(&place, &panel, &["--verify", "none"]);
        // 1, because a panel that answers nothing five times in a row is given up.
        assert_eq!((run.code, run.outcomes()), (1, vec!["unknown"; 10]), "{answer}: {run}");
        assert_eq!(panel.counters().calls(BATCH), 1, "{answer}");
    }
}

#[test]
fn what_a_fault_of_the_whole_left_open_is_settled_one_by_one() {
    for mut answer in [json!({"answer": "reset-after"}), json!({"answer": "short-batch", "missing": 10})] {
        answer["match"] = json!({"function": BATCH});
        let (place, panel, rows) = ready(&json!([answer]));
        let run = apply(&place, &panel, &["--verify", "none"]);
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 10]), "{answer}: {run}");
        assert_honest(&panel, &rows, run.report());
        assert!(run.report().iter().all(|row| row.attempts == 2), "{run}");
    }
}

#[test]
fn a_batch_that_takes_too_long_is_the_last() {
    let (place, panel, _) = ready(&json!([{"match": {"function": BATCH}, "answer": "stall"}]));
    let run = apply(&place, &panel, &["--timeout", "0.5", "--batch", "5", "--output", "json"]);
    assert_eq!((run.code, panel.counters().calls(BATCH)), (0, 1), "{run}");
    assert_eq!(counts(&run), [(("changed", ""), 10)].into(), "{run}");
    let why = run.events().into_iter().find(|event| event["event"] == "unbatched").unwrap();
    assert_eq!(why["why"], "a batch was lost: no answer within 0.5 s");
}

#[test]
fn a_busy_panel_that_may_have_done_the_batch_gets_its_rows_one_by_one_after_the_pause() {
    let busy = json!([{"match": {"function": BATCH, "count": 1}, "answer": "status-503", "retry_after": 1}]);
    let (place, panel, _) = ready(&busy);
    let run = apply(&place, &panel, &["--retries", "1"]);
    assert_eq!((run.code, panel.counters().calls(BATCH), panel.changes().len()), (0, 1, 10), "{run}");
    assert!(run.report().iter().all(|row| row.attempts == 2), "{run}");
}

#[test]
fn a_panel_that_has_too_much_to_do_has_changed_nothing() {
    let (place, panel, rows) = ready(&json!([{"match": {"function": BATCH}, "answer": "status-429"}]));
    let run = apply(&place, &panel, &[]);
    assert_eq!((run.code, counts(&run)), (1, [(("not-tried", "busy"), 10)].into()), "{run}");
    assert_honest(&panel, &rows, run.report());
}

#[test]
fn a_credential_that_dies_between_two_batches_ends_it() {
    for answer in ["denied-403", "denied-401-html", "login-page-200", "tfa-page", "redirect"] {
        let (place, panel, rows) = ready(&json!([{"match": {"function": BATCH, "from": 2}, "answer": answer}]));
        let run = apply(&place, &panel, &["--batch", "4"]);
        let told = [(("changed", ""), 4), (("not-tried", "access-denied"), 6)];
        assert_eq!((run.code, counts(&run)), (4, told.into()), "{answer}: {run}");
        // Which accounts there are, the strength and the mailboxes of five accounts; then two batches, and nothing more.
        assert_eq!(panel.counters().requests(), 1 + 1 + 5 + 2, "{answer}");
        assert_honest(&panel, &rows, run.report());
    }
}

#[test]
fn a_denial_within_a_batch_is_no_refused_credential() {
    let denied = json!({"answer": "raw", "body": "{\"cpanelresult\":{\"error\":\"Access denied\",\"data\":{\"result\":\"0\",\"reason\":\"Access denied\"}}}"});
    let (place, panel, rows) = ready(&json!([]));
    let mut rule = denied;
    rule["match"] = json!({"function": CHANGE, "address": rows[4].0});
    panel.switch(&rule);
    let run = apply(&place, &panel, &["--verify", "none"]);
    assert_eq!(counts(&run), [(("changed", ""), 9), (("unknown", "bad-answer"), 1)].into(), "{run}");
}

#[test]
fn an_interruption_lets_the_batch_end_that_is_under_way() {
    let (place, panel, rows) = ready(&json!([]));
    panel.behaviour(&json!({"batch": {"command_ms": 100}}));
    let options = ["--jobs", "1", "--batch", "4"];
    let running = place.apply("list.csv").args(options).through_whm(&panel).start();
    eventually("a batch", || panel.counters().calls(BATCH) == 1);
    running.signal("INT");
    let run = running.wait();
    let told = [(("changed", ""), 4), (("not-tried", "interrupted"), 6)];
    assert_eq!((run.code, counts(&run)), (130, told.into()), "{run}");
    assert_honest(&panel, &rows, run.report());
}

#[test]
fn a_second_interruption_leaves_the_batch_unknown() {
    let (place, panel, _) = ready(&json!([{"match": {"function": BATCH}, "answer": "stall"}]));
    let options = ["--jobs", "1", "--batch", "4", "--log", "run.log"];
    let running = place.apply("list.csv").args(options).through_whm(&panel).start();
    eventually("a batch", || panel.counters().calls(BATCH) == 1);
    running.signal("INT");
    eventually("the first signal", || place.read("run.log").contains("no further rows are taken"));
    running.signal("INT");
    let run = running.wait();
    let told = [(("not-tried", "interrupted"), 6), (("unknown", "interrupted"), 4)];
    assert_eq!((run.code, counts(&run)), (130, told.into()), "{run}");
}

#[test]
fn what_an_interruption_leaves_open_in_a_batch_is_verified() {
    let (place, panel, rows) = ready(&json!([{"match": {"function": BATCH}, "answer": "stall"}]));
    let options = ["--jobs", "1", "--batch", "4", "--timeout", "1", "--retries", "3"];
    let running = place.apply("list.csv").args(options).through_whm(&panel).start();
    eventually("a batch", || panel.counters().calls(BATCH) == 1);
    running.signal("INT");
    let run = running.wait();
    let told = [(("changed", "verified"), 4), (("not-tried", "interrupted"), 6)];
    assert_eq!((run.code, counts(&run)), (130, told.into()), "{run}");
    assert_honest(&panel, &rows, run.report());
}
