//! What a row may come to, by what its answer means: `fixtures/hostile/meanings.toml`.

use std::collections::BTreeMap;

use cprekey_tests::{Row, Run};
use serde::Deserialize;

use super::recipe::{Recipe, file};

/// What a row may come to whose change was answered in one sense.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Meaning {
    /// The outcome of the row behind it.
    next: String,
    #[serde(default)]
    applied: BTreeMap<String, String>,
    #[serde(default)]
    not_applied: BTreeMap<String, String>,
}

/// All of it.
pub(super) struct Meanings(BTreeMap<String, Meaning>);

/// How an answer is tried.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    /// Whether the panel makes the change.
    pub(super) applied: bool,
    /// How is verified: none, unknown or all.
    pub(super) verify: String,
}

impl Meanings {
    /// As they stand in the file.
    pub(super) fn read() -> Self {
        Self(file("meanings"))
    }

    /// Every way to try an answer of which its meanings say what may come of it.
    pub(super) fn trials(&self, means: &[String]) -> Vec<Trial> {
        let first = &self.0[&means[0]];
        let ways = [true, false].into_iter().flat_map(|applied| {
            first.told(applied).keys().map(move |verify| Trial { applied, verify: verify.clone() })
        });
        let known = |trial: &Trial| means.iter().all(|name| self.allowed(name, trial).is_some());
        ways.filter(known).collect()
    }

    /// What is wrong with two rows whose first was answered so, if anything is.
    pub(super) fn complaint(&self, recipe: &Recipe, trial: &Trial, run: &Run) -> Option<String> {
        let [row, next] = run.report() else { return Some(format!("{} rows", run.report().len())) };
        let fits = |name: &String, trial: &Trial| {
            let Some(allowed) = self.allowed(name, trial) else { return false };
            let allowed: Vec<_> = allowed.split(' ').collect();
            let reason = if row.reason.is_empty() { "-" } else { &row.reason };
            let fits_reason = allowed[1] == "*" || allowed[1] == reason;
            let code = allowed[2].parse().unwrap();
            row.outcome == allowed[0] && fits_reason && self.fits_next(name, recipe, &next.outcome, run.code, code)
        };
        let says = recipe.says.as_deref().filter(|_| row.reason != "mismatch").unwrap_or_default();
        // A verification goes over the same connection. Where it is lost, the row is unproven, or stays as it is without one.
        let unasked = Trial { verify: "none".to_owned(), ..trial.clone() };
        let is_lost = recipe.disturbs() && row.outcome == "unknown";
        let fits = |name| {
            fits(name, trial) || is_lost && fits(name, &unasked) || {
                name == "yes" && is_unproven(recipe, row) && self.fits_next(name, recipe, &next.outcome, run.code, 0)
            }
        };
        let is_right = recipe.means.iter().any(fits) && row.detail.contains(says);
        (!is_right)
            .then(|| format!("{} {} {}, then {}: {}", row.outcome, row.reason, run.code, next.outcome, row.detail))
    }

    /// Whether the row behind fits, and with it the exit code. What disturbs a connection may be noticed only when its next request is
    /// under way, and then nobody knows of that one.
    fn fits_next(&self, name: &str, recipe: &Recipe, outcome: &str, code: i32, allowed: i32) -> bool {
        let worse = if [0, 3].contains(&allowed) { 7 } else { allowed };
        let as_it_should = outcome == self.0[name].next && code == allowed;
        as_it_should || (recipe.disturbs() && outcome == "unknown" && code == worse)
    }

    fn allowed(&self, name: &str, trial: &Trial) -> Option<&str> {
        let meaning = self.0.get(name).unwrap_or_else(|| panic!("nothing means {name}"));
        meaning.told(trial.applied).get(&trial.verify).map(String::as_str)
    }
}

/// Whether a row is told as one that nobody could prove, its connection having been disturbed before it was asked about.
pub(super) fn is_unproven(recipe: &Recipe, row: &Row) -> bool {
    recipe.disturbs() && row.outcome == "changed" && row.reason == "not-verified"
}

impl Meaning {
    fn told(&self, applied: bool) -> &BTreeMap<String, String> {
        if applied { &self.applied } else { &self.not_applied }
    }
}
