//! The hostile answers of `fixtures/hostile`, end to end.

use std::collections::BTreeSet;

use super::bench::{Door, assert_all, assert_some};
use super::recipe::{Recipe, all, recipes};

fn of(file: &str, wanted: impl Fn(&Recipe) -> bool) -> Vec<Recipe> {
    let mut chosen = recipes(file);
    chosen.retain(|recipe| !recipe.is_late() && wanted(recipe));
    chosen
}

#[test]
fn there_are_enough_of_them_and_each_has_a_name() {
    let all = all();
    let names: BTreeSet<_> = all.iter().map(|recipe| &recipe.name).collect();
    assert!(all.len() >= 400 && names.len() == all.len(), "{} answers, {} names", all.len(), names.len());
}

/// NET-10, NET-23, NET-25.
#[test]
fn no_way_to_frame_an_answer_makes_a_row_what_it_is_not() {
    assert_all(Door::Cpanel, of("framing", |recipe| !recipe.heavy), 3);
}

/// NET-05, NET-23.
#[test]
fn no_way_to_break_off_makes_a_row_what_it_is_not() {
    assert_all(Door::Cpanel, of("breaking", |recipe| !recipe.heavy), 3);
}

/// NET-17, NET-19.
#[test]
fn no_status_makes_a_row_what_it_is_not() {
    assert_all(Door::Cpanel, of("status", |recipe| !recipe.heavy), 3);
}

/// NET-11.
#[test]
fn no_page_makes_a_row_what_it_is_not() {
    assert_all(Door::Cpanel, of("pages", |recipe| !recipe.heavy), 3);
}

/// NET-12, NET-26, NET-27, NET-28, NET-30, NET-31.
#[test]
fn no_envelope_makes_a_row_what_it_is_not() {
    assert_all(Door::Cpanel, of("envelopes", |recipe| !recipe.heavy), 3);
}

/// NET-08, NET-09, NET-10, NET-27.
#[test]
fn what_is_large_or_endless_is_borne_in_little_memory() {
    let mut heavy = all();
    heavy.retain(|recipe| recipe.heavy && !recipe.is_late());
    assert_some(Door::Cpanel, heavy, 3, |trial| trial.applied == (trial.verify == "unknown"));
}

/// NET-03, NET-06, NET-07.
#[test]
fn what_does_not_come_in_time_may_have_been_done() {
    let mut late = all();
    late.retain(Recipe::is_late);
    assert_all(Door::Cpanel, late, 8);
}
