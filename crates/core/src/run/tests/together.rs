//! Many changes by one request: groups, what falls back to single ones, and what nobody knows.

use std::num::NonZeroUsize;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};

use super::case::{Case, PASSWORD};
use crate::api::{Answer, Fault};
use crate::brake::Cause;
use crate::entry::Task;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::run::{MaxFailures, Verify};
use crate::scripted::{Said, denied, holding, no, timeout, uapi_no, uapi_yes, unreachable, yes};

const CHANGED: (Outcome, Option<Reason>) = (Outcome::Changed, None);

/// A run whose changes go together, up to so many.
fn batches(rows: u32, batch: usize, script: impl IntoIterator<Item = Said>) -> Case {
    assert!(NonZeroUsize::new(batch).is_some());
    Case { batch: Some(batch), ..Case::of(rows, script) }
}

/// The answer to a batch with these items.
fn answering(items: &[Value]) -> Answer {
    holding(&json!({"result": items}))
}

fn lost() -> Fault {
    Fault::Lost { detail: String::from("reset") }
}

fn garbled() -> Fault {
    Fault::Unusable { detail: String::from("HTML") }
}

/// What was sent: how many commands each batch had, and 0 for a single change.
fn groups(case: &Case) -> Vec<usize> {
    let asked = case.panel.asked.borrow();
    let of = |asked: &String| match asked.split_once(' ') {
        Some(("batch", commands)) => commands.parse().ok(),
        Some(("passwd_pop", _)) => Some(0),
        _ => None,
    };
    asked.iter().filter_map(of).collect()
}

#[tokio::test(start_paused = true)]
async fn a_group_is_no_larger_than_a_batch_nor_than_an_idle_jobs_share_of_what_is_left() {
    for (rows, batch, jobs, expected) in [
        (10, 4, 1, vec![4, 4, 2]),
        (10, 25, 1, vec![10]),
        (9, 4, 1, vec![4, 4, 0]),
        (1, 25, 4, vec![0]),
        (16, 25, 4, vec![4, 4, 4, 4]),
        (18, 4, 2, vec![4, 4, 4, 4, 2]),
        (3, 1, 1, vec![0, 0, 0]),
    ] {
        let mut case = Case { jobs, overlap: true, ..batches(rows, batch, []) };
        let outcomes = case.run().await;
        assert_eq!(groups(&case), expected, "{rows} rows, --batch {batch}, --jobs {jobs}");
        assert!(outcomes.words().iter().all(|word| *word == CHANGED));
    }
}

#[tokio::test(start_paused = true)]
async fn each_row_gets_its_own_answer() {
    let items = [uapi_yes(), uapi_no("The password is too weak."), json!({}), uapi_yes()];
    let outcomes = batches(4, 25, [Ok(answering(&items))]).run().await;
    let bad = (Outcome::Unknown, Some(Reason::BadAnswer));
    assert_eq!(outcomes.words(), [CHANGED, (Outcome::Refused, Some(Reason::TooWeak)), bad, CHANGED]);
    assert!(outcomes.lines.iter().all(|line| line.attempts == 1));
}

#[tokio::test(start_paused = true)]
async fn a_batch_without_a_usable_answer_is_made_good_one_by_one() {
    let short = || Ok(answering(&[uapi_yes()]));
    let empty = || Ok(yes());
    for said in [short(), empty(), Err(lost()), Err(garbled()), Err(Fault::ServerError { status: 502 })] {
        let mut case = batches(4, 2, [said]);
        let outcomes = case.run().await;
        assert_eq!(groups(&case), [2, 0, 0, 2], "batches go on");
        assert!(outcomes.words().iter().all(|word| *word == CHANGED));
        assert_eq!(outcomes.lines.iter().map(|line| line.attempts).collect::<Vec<_>>(), [2, 2, 1, 1]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_no_after_a_batch_without_an_answer_is_in_doubt_until_verified() {
    let script = || [Err(lost()), Ok(no("Passwords may not be used again.")), Ok(yes())];
    let doubtful = batches(2, 2, script()).run().await;
    assert_eq!(doubtful.words(), [(Outcome::Unknown, Some(Reason::ConnectionLost)), CHANGED]);
    let verified = Case { verify: Verify::Unknown, ..batches(2, 2, script()) }.run().await;
    assert_eq!(verified.words(), [(Outcome::Changed, Some(Reason::Verified)), CHANGED]);
}

#[tokio::test(start_paused = true)]
async fn a_panel_that_refuses_batches_is_asked_for_one_once() {
    let mut case = batches(6, 2, [Ok(no("Unknown app (“batch”) requested."))]);
    let outcomes = case.run().await;
    assert_eq!(groups(&case), [2, 0, 0, 0, 0, 0, 0]);
    assert!(outcomes.words().iter().all(|word| *word == CHANGED));
    assert_eq!(*outcomes.notes.events.borrow(), ["started", "unbatched", "finished"]);
}

#[tokio::test(start_paused = true)]
async fn the_pause_that_a_panel_asks_for_is_heeded_where_a_batch_is_not_sent_again() {
    let busy = Fault::Busy { status: 503, retry_after: Some(Duration::from_secs(30)) };
    let began = tokio::time::Instant::now();
    let outcomes = batches(2, 2, [Err(busy)]).run().await;
    assert_eq!(outcomes.words(), [CHANGED; 2]);
    assert!(began.elapsed() >= Duration::from_secs(30), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_the_panel_says_of_a_batch_is_told_without_passwords() {
    let echo = format!("Unknown command “uapi_cpanel?email=a&password={PASSWORD}”.");
    let outcomes = batches(2, 2, [Ok(no(&echo))]).run().await;
    let told = outcomes.notes.unbatched.borrow().concat();
    assert!(told.starts_with("the panel refuses batches: Unknown command") && !told.contains(PASSWORD), "{told}");
}

#[tokio::test(start_paused = true)]
async fn a_row_is_not_told_the_password_of_another_in_its_batch() {
    let mut case = batches(2, 2, [Ok(answering(&[uapi_no("not Another-Password-9"), uapi_yes()]))]);
    case.entries[1].task = Task::Change(SecretString::from("Another-Password-9").into());
    let outcomes = case.run().await;
    assert_eq!(outcomes.lines[0].detail, "not [password]");
}

#[tokio::test(start_paused = true)]
async fn batches_that_are_lost_again_and_again_are_given_up() {
    let lost_and_made_good = || [Err(garbled()), Ok(yes()), Ok(yes())];
    let mut case = batches(16, 2, (0..5).flat_map(|_| lost_and_made_good()));
    let outcomes = case.run().await;
    assert_eq!(groups(&case), [[2, 0, 0].repeat(5), vec![0; 6]].concat());
    assert!(outcomes.words().iter().all(|word| *word == CHANGED));
    assert_eq!(outcomes.notes.unbatched.borrow().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_takes_too_long_is_the_last() {
    let mut case = batches(6, 3, [Err(timeout())]);
    let outcomes = case.run().await;
    assert_eq!(groups(&case), [3, 0, 0, 0, 0, 0, 0]);
    assert!(outcomes.words().iter().all(|word| *word == CHANGED));
    assert_eq!(outcomes.lines.iter().map(|line| line.attempts).collect::<Vec<_>>(), [2, 2, 2, 1, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_never_reached_the_panel_leaves_its_rows_untried() {
    let busy = Fault::Busy { status: 429, retry_after: None };
    for (fault, reason) in [(unreachable(), Reason::Unreachable), (busy, Reason::Busy)] {
        let mut case = batches(4, 2, [Err(fault)]);
        let untried = (Outcome::NotTried, Some(reason));
        assert_eq!(case.run().await.words(), [untried, untried, CHANGED, CHANGED]);
        assert_eq!(groups(&case), [2, 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_dies_between_two_batches_leaves_the_rest_untried() {
    let both = answering(&[uapi_yes(), uapi_yes()]);
    let mut case = batches(6, 2, [Ok(both), Err(denied())]);
    let outcomes = case.run().await;
    let untried = (Outcome::NotTried, Some(Reason::AccessDenied));
    assert_eq!(outcomes.words(), [CHANGED, CHANGED, untried, untried, untried, untried]);
    assert_eq!(groups(&case), [2, 2]);
}

#[tokio::test(start_paused = true)]
async fn batches_that_are_lost_are_no_silence_of_the_panel_while_single_changes_are_answered() {
    // Eight jobs send a batch each before the first single change is answered.
    let mut case = Case { jobs: 8, overlap: true, keep_going: true, ..batches(80, 5, (0..8).map(|_| Err(garbled()))) };
    let outcomes = case.run().await;
    assert!(outcomes.words().iter().all(|word| *word == CHANGED));
    assert_eq!(outcomes.summary.cause, None);
}

#[tokio::test(start_paused = true)]
async fn a_panel_that_answers_neither_batches_nor_single_changes_is_given_up() {
    let mut case = batches(100, 10, (0..200).map(|_| Err(garbled())));
    let outcomes = case.run().await;
    assert_eq!(groups(&case), [10, 0, 0, 0, 0, 0], "a batch, and five of its changes");
    assert_eq!(outcomes.summary.cause, Some(Cause::NoAnswer));
    assert_eq!(outcomes.summary.counts.of(Outcome::Unknown), 10, "all of the batch may have been done");
    assert_eq!(outcomes.words()[10], (Outcome::NotTried, Some(Reason::NoAnswer)));
}

#[tokio::test(start_paused = true)]
async fn answers_in_a_batch_that_make_no_sense_end_the_run_as_they_do_by_themselves() {
    let mut case = batches(100, 10, (0..10).map(|_| Ok(answering(&vec![json!({}); 10]))));
    let outcomes = case.run().await;
    assert_eq!(groups(&case), [10]);
    assert_eq!(outcomes.summary.cause, Some(Cause::NoAnswer));
}

#[tokio::test(start_paused = true)]
async fn no_more_are_sent_together_than_may_still_fail() {
    let weak = || uapi_no("The password is too weak.");
    for (jobs, sent) in [(1, vec![3, 2]), (2, vec![3, 0, 0, 0])] {
        let first = answering(&[weak(), uapi_yes(), uapi_yes()]);
        let limit = Some(MaxFailures::Rows(3));
        let mut case = Case { jobs, overlap: true, max_failures: limit, ..batches(20, 25, [Ok(first)]) };
        case.panel.refuses = true;
        let outcomes = case.run().await;
        assert_eq!(outcomes.summary.cause, Some(Cause::StopRule));
        assert_eq!(groups(&case), sent, "--jobs {jobs}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_interruption_ends_a_batch_and_takes_no_further() {
    let mut case = batches(10, 4, []);
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        brake.pull(Cause::Interrupted);
    });
    assert_eq!(outcomes.words()[..4], [CHANGED; 4]);
    assert_eq!(outcomes.words()[4..], [(Outcome::NotTried, Some(Reason::Interrupted)); 6]);
    assert_eq!(groups(&case), [4]);
}

#[tokio::test(start_paused = true)]
async fn an_interruption_after_a_lost_batch_leaves_its_rows_unknown() {
    // Also where a no came later to one of its changes: the batch may have been carried out.
    let mut case = Case { retries: 1, ..batches(3, 3, [Err(lost()), Ok(no("Passwords may not be used again."))]) };
    case.panel.latency = Duration::from_secs(10);
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_secs(15)).await;
        brake.pull(Cause::Interrupted);
    });
    assert_eq!(groups(&case), [3, 0], "a batch is not sent again");
    assert_eq!(outcomes.words(), [(Outcome::Unknown, Some(Reason::ConnectionLost)); 3]);
}

#[tokio::test(start_paused = true)]
async fn leaving_at_once_leaves_the_batch_unknown() {
    let mut case = batches(6, 3, []);
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        brake.leave_now();
    });
    let interrupted = |outcome| (outcome, Some(Reason::Interrupted));
    assert_eq!(outcomes.words()[..3], [interrupted(Outcome::Unknown); 3]);
    assert_eq!(outcomes.words()[3..], [interrupted(Outcome::NotTried); 3]);
}
