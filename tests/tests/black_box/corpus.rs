//! The corpus: every list of `fixtures/corpus` ends as its verdict says, and lets nothing out on the way.

mod judge;
mod mailboxes;
mod seen;

use std::collections::BTreeSet;

use cprekey_tests::corpus::{cases, themes};

use judge::judge;

/// The themes, each with a test below.
const TESTED: &[&str] = &[
    "csv-form",
    "csv-encoding",
    "headers",
    "addresses",
    "duplicates",
    "names-and-places",
    "passwords",
    "bombs",
    "doubtful",
    "hidden-merged",
    "xlsx-cells",
    "zip",
    "ods",
    "binaries",
    "xlsx-structure",
    "csv-hostile",
];

/// Delimiters, quotation marks, line ends and widths (INP-14, INP-20, INP-21, INP-22, INP-23, INP-24, INP-35, INP-36).
#[test]
fn text_lists_in_every_form() {
    judge("csv-form");
}

/// What the bytes of a text mean (INP-14, INP-16, INP-21, INP-23, INP-26).
#[test]
fn encodings() {
    judge("csv-encoding");
}

/// Which column is which (INP-07, INP-13, INP-14, INP-15, INP-20, INP-36).
#[test]
fn headers() {
    judge("headers");
}

/// Addresses as they are sent (INP-09, INP-14, INP-15, INP-27, INP-28, INP-29, INP-30, INP-31, INP-32, INP-39).
#[test]
fn addresses() {
    judge("addresses");
}

/// One mailbox in several rows (INP-14, INP-25, INP-26, INP-27, INP-28, INP-29, INP-30, INP-31).
#[test]
fn duplicates() {
    judge("duplicates");
}

/// What stands at a path, and how it is called (INP-24, INP-35, INP-36, INP-40, INP-42).
#[test]
fn names_and_places() {
    judge("names-and-places");
}

/// Passwords to the letter, or not at all (INP-11, INP-12, INP-14, INP-16, INP-20, INP-31, INP-38, INP-40).
#[test]
fn passwords() {
    judge("passwords");
}

/// Few bytes that want much memory (INP-01, INP-02, INP-03, INP-04, INP-05, INP-10).
#[test]
fn bombs() {
    judge("bombs");
}

/// What is taken as it stands, with a warning (INP-14, INP-15, INP-16, INP-27, INP-29, INP-40).
#[test]
fn doubtful_signs() {
    judge("doubtful");
}

/// What a sheet does not show as it is (INP-05, INP-17, INP-19).
#[test]
fn hidden_and_merged() {
    judge("hidden-merged");
}

/// What a cell of a workbook may hold (INP-02, INP-07, INP-08, INP-09, INP-10, INP-11, INP-12, INP-13, INP-14, INP-16).
#[test]
fn workbook_cells() {
    judge("xlsx-cells");
}

/// Containers that lie (INP-04, INP-09, INP-10, INP-24, INP-36, INP-40).
#[test]
fn containers() {
    judge("zip");
}

/// ODS spreadsheets (INP-05, INP-07, INP-08, INP-09, INP-10, INP-11, INP-12, INP-13, INP-14, INP-24, INP-25).
#[test]
fn open_documents() {
    judge("ods");
}

/// Binary workbooks, old and new (INP-02, INP-04, INP-06, INP-07, INP-10, INP-11, INP-12, INP-13, INP-24).
#[test]
fn binaries() {
    judge("binaries");
}

/// How the parts of a workbook hang together (INP-03, INP-05, INP-06, INP-07, INP-08, INP-09, INP-10, INP-17, INP-18, INP-21, INP-24, INP-36, INP-40, INP-41, INP-42).
#[test]
fn workbook_structure() {
    judge("xlsx-structure");
}

/// Text lists that mean harm (INP-01, INP-02, INP-10, INP-13, INP-14, INP-20, INP-23, INP-24, INP-29, INP-31, INP-36, INP-37, INP-39, INP-40).
#[test]
fn hostile_texts() {
    judge("csv-hostile");
}

#[test]
fn every_theme_has_a_test_and_there_are_at_least_three_hundred_lists() {
    assert_eq!(themes().into_iter().collect::<BTreeSet<_>>(), TESTED.iter().map(ToString::to_string).collect());
    let count: usize = themes().iter().map(|theme| cases(theme).len()).sum();
    assert!(count >= 300, "there are {count}");
}
