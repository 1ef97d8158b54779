//! A few seeds of every fault, by what they are about; `cargo xtask chaos` makes many.

use crate::case::name_hash;
use crate::faults::{FAULTS, Fault};
use crate::planted::PLANTED;
use crate::{is_found, run_twice};

/// So many runs of a fault.
const SEEDS: u64 = 4;

/// Makes a few runs of every fault whose name begins with one of these words.
fn hold(words: &[&str]) {
    let begins = |fault: &&Fault| words.iter().any(|word| fault.name.starts_with(word));
    let faults: Vec<&Fault> = FAULTS.iter().filter(begins).collect();
    assert!(faults.len() >= words.len());
    for fault in faults {
        for seed in 1..=SEEDS {
            let (_, violations) = run_twice(fault, seed);
            assert!(violations.is_empty(), "{} with seed {seed}: {violations:#?}", fault.name);
        }
    }
}

#[test]
fn every_planted_mistake_is_found() {
    for planted in PLANTED {
        assert!(is_found(*planted), "{:?}", planted.mistake);
    }
}

#[test]
fn no_two_faults_have_one_name() {
    let mut names: Vec<u64> = FAULTS.iter().map(|fault| name_hash(fault.name)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FAULTS.len());
}

/// NET-01, NET-04, NET-05: connections that do not come about or break, and certificates that change.
#[test]
fn whatever_happens_on_the_way_to_the_panel_is_told_as_it_was() {
    hold(&["calm", "connect", "certificate", "reset", "restart", "flapping", "not-http"]);
}

/// NET-03, NET-06, NET-07: answers that come late, in pieces or never, and requests that are carried out late or twice.
#[test]
fn whatever_takes_too_long_is_told_as_it_was() {
    hold(&["timeout", "applied", "silent", "slow", "very-slow", "delivered"]);
}

/// NET-05, NET-12, NET-19: answers that are none, that contradict themselves, and statuses that say nothing.
#[test]
fn no_answer_makes_a_row_what_it_is_not() {
    hold(&[
        "truncated",
        "empty",
        "garbage",
        "wrong",
        "page",
        "other",
        "http-4",
        "http-5",
        "status",
        "contra",
        "null",
        "questions",
    ]);
}

/// NET-18: pauses that the panel asks for, by a clock that jumps too.
#[test]
fn whoever_is_asked_to_wait_waits_and_ends() {
    hold(&["busy", "clock"]);
}

/// POL-01, NET-11, NET-14, NET-16: a credential that dies at any request, in any of its shapes.
#[test]
fn a_dead_credential_is_refused_once() {
    hold(&["http-401", "http-403", "http-307", "token", "login", "redirect", "access"]);
}

/// NET-28, NET-32: panels that say what is not so, and verifications that cannot be had.
#[test]
fn a_lie_is_found_where_a_verification_can_be_had() {
    hold(&["forgetful", "says-no", "answer-of", "silent-proof", "garbled-proof"]);
}

/// Batches that are cut short, refused or half done.
#[test]
fn every_row_of_a_batch_is_told_as_it_was() {
    hold(&["batch"]);
}

/// PRC-11: a user who interrupts, once and twice, and a stop rule that is reached.
#[test]
fn an_interrupted_run_accounts_for_every_row() {
    hold(&["interrupted", "stop-rule"]);
}

/// PRC-01: a run that is killed at any request, and gone on with.
#[test]
fn a_killed_run_is_gone_on_with_and_no_row_is_lost_or_sent_without_need() {
    hold(&["killed"]);
}

/// PRC-02, PRC-03: a machine that dies before, in and after any write of the journal.
#[test]
fn after_a_power_cut_nothing_was_sent_that_the_journal_does_not_know() {
    hold(&["power-cut"]);
}

/// PRC-04, PRC-06: a write or a sync of the journal that fails.
#[test]
fn where_the_journal_cannot_be_written_nothing_more_is_sent() {
    hold(&["disk"]);
}

#[test]
fn faults_may_come_together() {
    hold(&["mixed"]);
}
