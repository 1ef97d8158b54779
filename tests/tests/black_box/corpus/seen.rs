//! What `cprekey check` said of a list, and what it should have said, in one form.

use cprekey_tests::Run;
use cprekey_tests::corpus::Case;
use serde_json::Value;

/// What is said of a list. Of the error and the warnings the expected words alone, where they were there.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Said {
    exit: i32,
    error: Option<String>,
    /// As in `B2 not-text`, in list order.
    problems: Vec<String>,
    /// Changes, repeats, invalid, skipped and empty rows, where there was a list at all.
    counts: Option<[usize; 5]>,
    warns: Vec<String>,
    /// How many warnings there were.
    warnings: usize,
}

/// What should be said.
pub(super) fn expected(case: &Case) -> Said {
    let verdict = &case.verdict;
    let mut invalid: Vec<&str> = verdict.problems.iter().map(|problem| row(problem)).collect();
    invalid.dedup();
    let changes = verdict.changes.unwrap_or(verdict.sets.len());
    let counts = [changes, verdict.repeats, invalid.len(), verdict.skipped, verdict.empty];
    Said {
        exit: verdict.exit,
        error: verdict.error.clone(),
        problems: verdict.problems.clone(),
        counts: verdict.error.is_none().then_some(counts),
        warns: verdict.warns.clone(),
        warnings: verdict.warns.len(),
    }
}

/// What was said.
pub(super) fn seen(case: &Case, run: &Run) -> Said {
    let verdict = &case.verdict;
    let has = |words: &&String| run.stderr.contains(words.as_str());
    let failed = run.stderr.lines().any(|line| line.starts_with("error: "));
    let helped = run.stderr.lines().any(|line| line.starts_with(" help: ") || line.contains("'--help'"));
    let unexpected = || "another error, or one without help".to_owned();
    let error = failed.then(|| verdict.error.iter().find(has).filter(|_| helped).cloned().unwrap_or_else(unexpected));
    let events = run.events();
    Said {
        exit: run.code,
        error,
        problems: events.iter().filter(|event| event["event"] == "problem").map(problem).collect(),
        counts: events.iter().find(|event| event["event"] == "checked").map(counts),
        warns: verdict.warns.iter().filter(has).cloned().collect(),
        warnings: run.stderr.lines().filter(|line| line.starts_with("warning: ")).count(),
    }
}

/// The row in `B2 not-text` or `2 not-text`.
fn row(problem: &str) -> &str {
    problem.split(' ').next().unwrap().trim_start_matches(|letter: char| letter.is_ascii_alphabetic())
}

fn problem(event: &Value) -> String {
    let place = event["place"].as_str().unwrap();
    let (_, cell) = place.rsplit_once(['!', ':']).unwrap();
    format!("{cell} {}", event["reason"].as_str().unwrap())
}

fn counts(event: &Value) -> [usize; 5] {
    ["changes", "repeats", "invalid", "skipped", "empty"]
        .map(|name| usize::try_from(event[name].as_u64().unwrap()).unwrap())
}
