//! The corpus: every list of `fixtures/corpus` ends as its verdict says, and lets nothing out on the way.

mod judge;
mod mailboxes;
mod seen;

use std::collections::BTreeSet;

use cprekey_tests::corpus::{cases, themes};

use judge::judge;

/// The tests of themes, by the names of their files.
macro_rules! themes {
    ($($(#[doc = $doc:literal])+ $test:ident = $theme:literal,)+) => {
        $($(#[doc = $doc])+ #[test] fn $test() { judge($theme); })+

        /// Every theme that has a test.
        const TESTED: &[&str] = &[$($theme,)+];
    };
}

themes! {
    /// INP-22, INP-23: delimiters, quotation marks, line ends and widths.
    text_lists_in_every_form = "csv-form",
    /// INP-21, INP-16: what the bytes of a text mean.
    encodings = "csv-encoding",
    /// INP-20: which column is which.
    headers = "headers",
    /// INP-15, INP-28 to INP-31: addresses as they are sent.
    addresses = "addresses",
    /// INP-25 to INP-27: one mailbox in several rows.
    duplicates = "duplicates",
    /// INP-24, INP-35, INP-36, INP-42: what stands at a path, and how it is called.
    names_and_places = "names-and-places",
    /// INP-14, INP-16: passwords to the letter, or not at all.
    passwords = "passwords",
    /// INP-01 to INP-05: few bytes that want much memory.
    bombs = "bombs",
    /// INP-11 to INP-14: what a cell of a workbook may hold.
    workbook_cells = "xlsx-cells",
    /// INP-04, INP-09, INP-10: containers that lie.
    containers = "zip",
    /// INP-11 to INP-14, INP-24: ODS spreadsheets.
    open_documents = "ods",
    /// INP-10 to INP-13, INP-24: binary workbooks, old and new.
    binaries = "binaries",
    /// INP-05 to INP-10, INP-18: how the parts of a workbook hang together.
    workbook_structure = "xlsx-structure",
    /// INP-23, INP-40, INP-02: text lists that mean harm.
    hostile_texts = "csv-hostile",
}

#[test]
fn every_theme_has_a_test_and_there_are_at_least_three_hundred_lists() {
    assert_eq!(themes().into_iter().collect::<BTreeSet<_>>(), TESTED.iter().map(ToString::to_string).collect());
    let count: usize = themes().iter().map(|theme| cases(theme).len()).sum();
    assert!(count >= 300, "there are {count}");
}
