//! Lists for the many accounts of one server, and what became of them: the ground of several themes.

use std::collections::BTreeMap;

use cprekey_tests::{ACCOUNTS, Panel, Place, Row, Run};

/// The rows of a list: address and new password.
pub(crate) type Rows = Vec<(String, String)>;

/// Writes `list.csv` with so many mailboxes of each account, the accounts in turn, all with good passwords, and gives its rows.
pub(crate) fn list(place: &Place, each: usize) -> Rows {
    let rows = rows(each);
    place.csv("list.csv", rows.clone());
    rows
}

/// The same, but one password of ten is too weak.
pub(crate) fn list_with_weak(place: &Place, each: usize) -> Rows {
    let mut rows = rows(each);
    for (index, (_, password)) in rows.iter_mut().enumerate() {
        // Not each time the same account's.
        if (index + index / 10) % 10 == 3 {
            *password = format!("hello{index}");
        }
    }
    place.csv("list.csv", rows.clone());
    rows
}

fn rows(each: usize) -> Rows {
    let of_all = |number| {
        ACCOUNTS.map(|(_, domain)| (format!("user{number}@{domain}"), format!("Tide&Orchard#{number}{domain}")))
    };
    (1..=each).flat_map(of_all).collect()
}

/// What became of each row, without how long and how often that was tried.
pub(crate) fn fates(rows: &[Row]) -> Vec<(u32, &str, &str, &str, &str)> {
    rows.iter().map(Row::fate).collect()
}

/// How often there is each outcome with each reason in a report.
pub(crate) fn counts(run: &Run) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for row in run.report() {
        *counts.entry((row.outcome.as_str(), row.reason.as_str())).or_default() += 1;
    }
    counts
}

/// Holds a report against what the panel knows: nothing is called changed that is not, and nothing refused or not tried that is.
pub(crate) fn assert_honest(panel: &Panel, rows: &Rows, report: &[Row]) {
    assert_eq!(report.len(), rows.len());
    for (row, is_set) in report.iter().zip(panel.verify_all(rows)) {
        match row.outcome.as_str() {
            "changed" | "unchanged" => assert!(is_set, "{row:?}"),
            "refused" | "not-tried" => assert!(!is_set, "{row:?}"),
            _ => {}
        }
    }
}
