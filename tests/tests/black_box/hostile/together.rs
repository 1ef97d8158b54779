//! The hostile answers of `fixtures/hostile` to a whole batch: its rows are made once more, one by one, and none is lost.

use cprekey_tests::Run;

use super::bench::{Attempt, Door, assert_each};
use super::meaning::Trial;
use super::recipe::{Recipe, all};

/// What is wrong with two rows whose batch was answered so.
///
/// No answer here is one to a batch. What may have been done is done again, row by row, and then it is done for certain.
fn complaint(recipe: &Recipe, _: &Trial, run: &Run) -> Option<String> {
    let expected = match &*recipe.means[0] {
        "denied" => ("not-tried", "access-denied", 4),
        "too-many" => ("not-tried", "busy", 1),
        _ => ("changed", "", 0),
    };
    let fits = run.report().iter().all(|row| {
        let is_doubted = recipe.disturbs() && row.outcome == "unknown" && run.code == 7;
        is_doubted || (&*row.outcome, &*row.reason) == (expected.0, expected.1) && [expected.2, 7].contains(&run.code)
    });
    (!fits || run.report().len() != 2).then(|| format!("{run}"))
}

/// NET-12.
#[test]
fn no_answer_to_a_batch_makes_a_row_what_it_is_not() {
    let answers = all().into_iter().filter(|recipe| !recipe.is_late() && !recipe.heavy);
    let attempts = answers.enumerate().map(|(number, recipe)| {
        let applied = number % 2 == 0 && !["denied", "too-many"].contains(&&*recipe.means[0]);
        Attempt { recipe, trial: Trial { applied, verify: "none".to_owned() } }
    });
    let attempts: Vec<_> = attempts.collect();
    assert!(attempts.len() > 300, "only {}", attempts.len());
    assert_each(Door::Together, attempts, 3, &complaint);
}
