//! Runs over HTTPS, by an account's token.

use serde_json::{Value, json};

use crate::ground::Ground;

/// Rows that are lost, that nobody knows of, and that the panel refuses after it was busy.
fn trouble() -> Value {
    let on = |number: usize, answer: Value| {
        let mut rule = answer;
        rule["match"]["function"] = json!("Email::passwd_pop");
        rule["match"]["address"] = json!(format!("user{number}@example.com"));
        rule
    };
    json!([
        on(2, json!({"answer": "reset-after", "match": {"count": 1}})),
        on(3, json!({"answer": "garbage"})),
        on(4, json!({"answer": "status-503", "match": {"count": 1}})),
        on(5, json!({"answer": "lie"})),
        on(6, json!({"answer": "refuse", "text": "Sorry."})),
    ])
}

/// SEC-02, SEC-06, SEC-07, SEC-13, SEC-15, SEC-27: rows of every outcome, with every log and report.
#[test]
fn every_kind_of_row_over_https() {
    let ground = Ground::new();
    ground.panel.switch(&trouble());
    let run = ground.scan(ground.apply().on(&ground.panel).args(["--verify", "all"]));
    let outcomes: std::collections::BTreeSet<_> = run.outcomes().into_iter().collect();
    assert!(["changed", "refused", "invalid", "unknown"].iter().all(|outcome| outcomes.contains(outcome)), "{run}");
    assert_eq!(ground.place.mode("failed.csv"), 0o600);
}

/// SEC-07, SEC-15: the same as events.
#[test]
fn every_kind_of_row_as_events() {
    let ground = Ground::new();
    ground.panel.switch(&trouble());
    let run = ground.scan(ground.apply().on(&ground.panel).args(["--output", "json", "--verify", "none"]));
    assert!(run.events().len() > 10, "{run}");
}

/// SEC-07, SEC-17: where the list itself is wrong, and where the panel is asked and nothing is changed.
#[test]
fn check_and_plan() {
    let ground = Ground::new();
    ground.list();
    for format in ["human", "json"] {
        let run = ground.scan(ground.place.cprekey(["check", "list.csv", "--output", format]));
        assert_eq!(run.code, 2, "{run}");
        let plan = ["plan", "list.csv", "--skip-invalid", "--output", format];
        let run = ground.scan(ground.place.cprekey(plan).on(&ground.panel));
        assert_eq!(run.code, 3, "{run}");
    }
    assert_eq!(ground.panel.changes().len(), 0);
}

/// SEC-07: where the panel does not let us in, and where the token dies on the way.
#[test]
fn tokens_that_are_refused() {
    for denied in ["403", "401-html", "login-page-200", "redirect"] {
        let ground = Ground::new();
        ground.panel.behaviour(&json!({"denied": denied, "token_dies_after": 5}));
        let run = ground.scan(ground.apply().on(&ground.panel));
        assert_eq!(run.code, 4, "{denied}: {run}");
    }
}
