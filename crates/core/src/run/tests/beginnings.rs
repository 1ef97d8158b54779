//! Runs whose first changes are all refused for one reason.

use super::case::{Case, entry};
use crate::brake::Cause;
use crate::entry::Task;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::scripted::{Said, no, yes};

fn weak(count: u32) -> impl Iterator<Item = Said> {
    (0..count).map(|_| Ok(no("The password is too weak.")))
}

/// POL-02: the first twenty refused for one reason end the run; what was under way is all that comes on top.
#[tokio::test(start_paused = true)]
async fn twenty_refusals_for_one_reason_at_the_beginning_end_the_run() {
    for (jobs, overlap, most) in [(1, false, 20), (16, false, 20), (8, true, 20 + 7)] {
        let mut case = Case { jobs, overlap, ..Case::of(200, weak(200)) };
        let outcomes = case.run().await;
        let refused = outcomes.summary.counts.of(Outcome::Refused);
        assert!((20..=most).contains(&refused), "{refused} with {jobs} jobs");
        assert_eq!(case.panel.asked.borrow().len(), refused);
        assert_eq!(outcomes.summary.cause, Some(Cause::StopRule));
        assert_eq!(outcomes.words()[199], (Outcome::NotTried, Some(Reason::Stopped)));
        assert_eq!(*outcomes.notes.events.borrow(), ["started", "systematic", "stopping", "finished"]);
    }
}

/// POL-02: where nothing is left that could be spared, the run ends as any other.
#[tokio::test(start_paused = true)]
async fn nothing_left_is_no_early_end() {
    for (jobs, batch, overlap) in [(1, None, false), (16, None, false), (16, None, true), (1, Some(50), false)] {
        let mut case = Case { jobs, batch, overlap, ..Case::of(20, []) };
        case.panel.refuses = true;
        case.entries.push(entry(22, Task::Skipped(Reason::OverLimit)));
        let outcomes = case.run().await;
        assert_eq!(outcomes.summary.counts.of(Outcome::Refused), 20);
        assert_eq!(outcomes.summary.cause, None, "{jobs} jobs");
        assert_eq!(*outcomes.notes.events.borrow(), ["started", "finished"]);
    }
    assert_eq!(Case::of(21, weak(21)).run().await.summary.cause, Some(Cause::StopRule));
}

/// POL-02: in batches no more than twenty go before one of them is known not to be refused.
#[tokio::test(start_paused = true)]
async fn batches_are_no_larger_until_one_change_was_not_refused() {
    let mut case = Case { batch: Some(50), ..Case::of(200, []) };
    case.panel.refuses = true;
    let outcomes = case.run().await;
    assert_eq!(outcomes.summary.counts.of(Outcome::Refused), 20);
    assert_eq!(*case.panel.asked.borrow(), ["batch 20"]);
    let mut case = Case { batch: Some(50), ..Case::of(200, []) };
    assert_eq!(case.run().await.summary.counts.of(Outcome::Changed), 200);
    assert_eq!(*case.panel.asked.borrow(), ["batch 20", "batch 50", "batch 50", "batch 50", "batch 30"]);
}

/// POL-02: not where something else came among them, nor with fewer changes, nor where the user says so.
#[tokio::test(start_paused = true)]
async fn other_beginnings_go_on() {
    let mixed = || weak(19).chain([Ok(yes())]).chain(weak(80));
    let unrelated = || (0..50).flat_map(|_| [Ok(no("The disk is full.")), Ok(no("Computer says no."))]);
    let other = || weak(19).chain([Ok(no("Computer says no."))]).chain(weak(80));
    for (mut case, refused) in [
        (Case::of(100, mixed()), 99),
        (Case::of(100, other()), 100),
        (Case::of(100, unrelated()), 100),
        (Case::of(19, weak(19)), 19),
        (Case { keep_going: true, ..Case::of(100, weak(100)) }, 100),
    ] {
        let outcomes = case.run().await;
        assert_eq!(outcomes.summary.counts.of(Outcome::Refused), refused);
        assert_eq!(outcomes.summary.cause, None);
    }
}
