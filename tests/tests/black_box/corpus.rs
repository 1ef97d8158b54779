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
}

#[test]
fn every_theme_has_a_test_and_there_are_at_least_three_hundred_lists() {
    assert_eq!(themes().into_iter().collect::<BTreeSet<_>>(), TESTED.iter().map(ToString::to_string).collect());
    let count: usize = themes().iter().map(|theme| cases(theme).len()).sum();
    assert!(count >= 300, "there are {count}");
}
