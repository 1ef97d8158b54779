//! The mailboxes of a theme on a rehearsal panel, and what a run makes of their passwords.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cprekey_tests::corpus::{Case, Set};
use cprekey_tests::{Panel, Place};

/// The configuration of a panel that has every mailbox which the cases of a theme change.
pub(super) fn config(cases: &[Case]) -> String {
    let changes = cases.iter().flat_map(|case| case.verdict.changes_made());
    let addresses: BTreeMap<String, &str> = changes.map(|set| (set.address.to_lowercase(), set.address)).collect();
    let domain = |address: &&str| address.rsplit_once('@').unwrap().1.to_owned();
    let domains: BTreeSet<String> = addresses.values().map(domain).filter(|domain| domain != "example.com").collect();
    let domains = Vec::from_iter(domains);
    let mailbox = |address: &&str| format!("{{ address = {address:?} }}, ");
    let mailboxes: String = addresses.values().map(mailbox).collect();
    format!(
        "behaviour = {{ required_strength = 0 }}\n[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
         domains = {domains:?}\nmailboxes = [{mailboxes}]\n"
    )
}

/// What is wrong with what a run makes of a list: every change of the verdict must be made, to the letter, and no other.
pub(super) fn wrong_changes(place: &Place, panel: &Panel, case: &Case, list: &str) -> Option<String> {
    panel.reset_counters();
    let run = place.apply(list).on(panel).args(&case.options).args(["--skip-invalid", "--quiet"]).run();
    let wanted = case.verdict.changes_made();
    let reported: Vec<_> = run.report().iter().filter(|row| row.outcome == "changed").collect();
    // A report puts an apostrophe before what a spreadsheet would take for a formula.
    let has = |set: &Set<'_>| {
        reported.iter().any(|row| (row.row, row.target.trim_start_matches('\'')) == (set.row, set.address))
    };
    let told = wanted.iter().all(has);
    let pairs: Vec<_> = wanted.iter().map(|set| (set.address, set.password)).collect();
    let done = panel.verify_all(&pairs).into_iter().all(|fits| fits);
    let exact = panel.changes().len() == wanted.len() && reported.len() == wanted.len() + case.verdict.repeats;
    fs::remove_file(place.path("report.csv")).unwrap();
    (!(told && done && exact))
        .then(|| format!("told {told}, done {done}, no more {exact}: {wanted:?}\n{:?}\n{run}", run.report()))
}
