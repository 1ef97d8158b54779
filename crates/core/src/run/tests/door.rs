//! One request at a time: who waits at the door, what that costs, and who goes away from it.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::case::Case;
use crate::brake::Cause;
use crate::outcome::Outcome;
use crate::pace::Rate;
use crate::reason::Reason;
use crate::scripted::{timeout, yes};

/// Where answers come before the next request is due, one at a time costs nothing of the pace.
#[tokio::test(start_paused = true)]
async fn one_at_a_time_keeps_the_pace_where_answers_come_in_time() {
    for jobs in [1, 4, 16] {
        let mut case = Case { jobs, rate: Rate::DEFAULT, ..Case::of(101, []) };
        case.panel.uneven = true;
        case.panel.latency = Duration::from_millis(13);
        let began = Instant::now();
        case.run().await;
        let took = began.elapsed();
        assert!((Duration::from_secs(10)..Duration::from_millis(10_150)).contains(&took), "{took:?}, {jobs} jobs");
    }
}

/// Rows wait for their next tries side by side, and others are sent meanwhile; the requests themselves do not overlap.
#[tokio::test(start_paused = true)]
async fn rows_wait_for_their_retries_side_by_side() {
    let script = [Ok(yes()), Err(timeout()), Err(timeout()), Err(timeout())];
    let mut case = Case { jobs: 4, retries: 1, ..Case::of(40, script) };
    let outcomes = case.run().await;
    assert!(outcomes.words().iter().all(|word| *word == (Outcome::Changed, None)));
    let first_settled: Vec<usize> = outcomes.notes.lines.borrow().iter().take(3).map(|(index, _)| *index).collect();
    assert_eq!(first_settled[0], 0);
    assert!(first_settled[1] > 3, "the row behind those that wait goes before them: {first_settled:?}");
    assert_eq!((case.panel.most_under_way.get(), case.panel.asked.borrow().len()), (1, 43));
}

/// Whoever waits at the door goes away from it as soon as the run ends.
#[tokio::test(start_paused = true)]
async fn who_waits_at_the_door_is_not_kept_there_by_an_interruption() {
    for (leaves, took, first) in
        [(true, 1, (Outcome::Unknown, Some(Reason::Interrupted))), (false, 60, (Outcome::Changed, None))]
    {
        let mut case = Case { jobs: 8, ..Case::of(20, []) };
        case.panel.latency = Duration::from_secs(60);
        let (brake, began) = (case.brake.clone(), Instant::now());
        let (outcomes, ()) = tokio::join!(case.run(), async {
            sleep(Duration::from_secs(1)).await;
            if leaves { brake.leave_now() } else { brake.pull(Cause::Interrupted) }
        });
        assert_eq!((began.elapsed().as_secs(), case.panel.asked.borrow().len()), (took, 1));
        assert_eq!(outcomes.words()[0], first);
        assert!(outcomes.words()[1..].iter().all(|word| *word == (Outcome::NotTried, Some(Reason::Interrupted))));
        let settled_first = outcomes.notes.lines.borrow()[0].0;
        assert!(leaves || settled_first > 0, "those at the door did not wait for the one under way");
    }
}
