//! A credential that dies in the middle of a run, at any row and with any number of jobs.

use super::case::{Case, Outcomes};
use crate::api::Fault;
use crate::brake::Cause;
use crate::outcome::Outcome;
use crate::run::Verify;
use crate::scripted::{Said, holding, no, timeout, uapi_yes, unreachable, yes};

const ROWS: u32 = 50;

/// Runs a list of fifty rows with a credential that dies after so many requests, and looks at what is the same in every such run.
async fn run_dying(mut case: Case, dies_after: usize) -> (Case, Outcomes) {
    case.panel.dies_after = Some(dies_after);
    case.panel.uneven = true;
    let outcomes = case.run().await;
    let counts = outcomes.summary.counts;
    assert_eq!(counts.total(), 50);
    let (asked, denied) = (case.panel.asked.borrow().len(), case.panel.denied.get());
    assert_eq!(asked, dies_after.min(asked) + denied, "nothing but denials came after the death");
    if denied > 0 {
        assert_eq!(outcomes.summary.cause, Some(Cause::AccessDenied));
    } else {
        assert_eq!(counts.of(Outcome::NotTried), 0);
    }
    (case, outcomes)
}

/// POL-01, NET-16: at most one failed authentication a run, wherever the token dies and whatever the jobs.
#[tokio::test(start_paused = true)]
async fn a_credential_that_dies_at_any_row_is_refused_once_whatever_the_jobs() {
    for dies_after in 0..=50 {
        for jobs in 1..=16 {
            let (case, outcomes) = run_dying(Case { jobs, ..Case::of(ROWS, []) }, dies_after).await;
            assert_eq!(case.panel.denied.get(), usize::from(dies_after < 50), "after {dies_after}, {jobs} jobs");
            assert_eq!(outcomes.summary.counts.of(Outcome::Changed), dies_after, "after {dies_after}, {jobs} jobs");
            assert_eq!(case.panel.most_under_way.get(), 1);
        }
    }
}

/// Answers with passing faults among them, so that rows wait for their next try.
fn troubled() -> impl Iterator<Item = Said> {
    let busy = || Err(Fault::Busy { status: 503, retry_after: None });
    let faults = move |number: u32| match number % 7 {
        2 => Err(timeout()),
        3 => busy(),
        5 => Err(unreachable()),
        6 => Ok(no("No.")),
        _ => Ok(yes()),
    };
    (0..200).map(faults)
}

/// POL-01, NET-16: nor with rows that are tried again, and rows that are verified.
#[tokio::test(start_paused = true)]
async fn nor_is_it_among_retries_and_verifications() {
    for dies_after in 0..=50 {
        for jobs in 1..=16 {
            let case = Case { jobs, retries: 3, verify: Verify::All, ..Case::of(ROWS, troubled()) };
            let (case, _) = run_dying(case, dies_after).await;
            assert_eq!(case.panel.denied.get(), 1, "after {dies_after}, {jobs} jobs");
            assert_eq!(case.panel.most_under_way.get(), 1);
        }
    }
}

/// POL-01, NET-16: nor with many changes in one request, some of which are taken apart.
#[tokio::test(start_paused = true)]
async fn nor_is_it_among_batches() {
    for dies_after in 0..=12 {
        for jobs in 1..=16 {
            let said = [Ok(holding(&serde_json::json!({"result": vec![uapi_yes(); 5]}))), Err(timeout())];
            let case = Case { jobs, batch: Some(5), retries: 2, ..Case::of(ROWS, said) };
            let (case, _) = run_dying(case, dies_after).await;
            assert!(case.panel.denied.get() <= 1, "after {dies_after}, {jobs} jobs");
            assert_eq!(case.panel.most_under_way.get(), 1);
        }
    }
}

/// POL-01: where the user lets requests overlap, it is refused once for each that is under way.
#[tokio::test(start_paused = true)]
async fn where_requests_overlap_it_is_refused_no_more_often_than_there_are_jobs() {
    let mut most = 0;
    for dies_after in 0..50 {
        for jobs in 1..=16 {
            let case = Case { jobs, overlap: true, retries: 3, verify: Verify::All, ..Case::of(ROWS, troubled()) };
            let (case, _) = run_dying(case, dies_after).await;
            let denied = case.panel.denied.get();
            assert!((1..=jobs).contains(&denied), "{denied} after {dies_after}, {jobs} jobs");
            most = most.max(denied);
        }
    }
    assert!(most > 8, "requests did overlap: {most}");
}
