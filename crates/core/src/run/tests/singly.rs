//! What a run makes of panels of every kind, on a clock that is held still.

use std::time::{Duration, SystemTime};

use serde_json::json;

use super::case::{Case, PASSWORD, entry};
use crate::api::wire::{self, Expected, Reply, Shape};
use crate::api::{Call, Fault};
use crate::brake::Cause;
use crate::entry::Task;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::run::{MaxFailures, Verify};
use crate::scripted::{denied, no, timeout, unreachable, yes};

#[tokio::test(start_paused = true)]
async fn an_explicit_yes_is_changed_and_an_explicit_no_is_refused_in_the_panels_words() {
    let weak = no("The password is too weak: it has a strength rating of 20, and 65 or higher is required.");
    let outcomes = Case::of(2, [Ok(yes()), Ok(weak)]).run().await;
    assert_eq!(outcomes.words(), [(Outcome::Changed, None), (Outcome::Refused, Some(Reason::TooWeak))]);
    assert!(outcomes.lines[1].detail.contains("strength rating of 20"));
    assert_eq!(outcomes.notes.kept_passwords.get(), 1, "only the refused row's password is handed on");
}

#[tokio::test(start_paused = true)]
async fn a_password_that_the_panel_echoes_reaches_nobody() {
    let outcomes = Case::of(1, [Ok(no(&format!("not {PASSWORD}, please")))]).run().await;
    assert!(!outcomes.lines[0].detail.contains(PASSWORD), "{}", outcomes.lines[0].detail);
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_and_counted() {
    let mut case =
        Case { retries: 3, ..Case::of(1, [Err(timeout()), Err(Fault::ServerError { status: 502 }), Ok(yes())]) };
    let outcomes = case.run().await;
    assert_eq!(outcomes.words(), [(Outcome::Changed, None)]);
    assert_eq!(outcomes.lines[0].attempts, 3);
    assert_eq!(outcomes.notes.events.borrow().iter().filter(|event| *event == "retrying").count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_sent_without_an_answer_is_unknown_and_one_that_was_not_is_not_tried() {
    let busy = Fault::Busy { status: 429, retry_after: None };
    let faults = [timeout(), Fault::Lost { detail: "reset".into() }, Fault::Unusable { detail: "HTML".into() }, busy];
    let outcomes = Case::of(4, faults.map(Err)).run().await;
    assert_eq!(
        outcomes.words(),
        [
            (Outcome::Unknown, Some(Reason::Timeout)),
            (Outcome::Unknown, Some(Reason::ConnectionLost)),
            (Outcome::Unknown, Some(Reason::BadAnswer)),
            (Outcome::NotTried, Some(Reason::Busy)),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_no_after_a_lost_answer_is_in_doubt_until_verified() {
    let script = || [Err(timeout()), Ok(no("Passwords may not be used again."))];
    let doubtful = Case { retries: 1, ..Case::of(1, script()) }.run().await;
    assert_eq!(doubtful.words(), [(Outcome::Unknown, Some(Reason::Timeout))]);
    assert!(doubtful.lines[0].detail.ends_with("Passwords may not be used again."), "{}", doubtful.lines[0].detail);
    let verified = Case { retries: 1, verify: Verify::Unknown, ..Case::of(1, script()) }.run().await;
    assert_eq!(verified.words(), [(Outcome::Changed, Some(Reason::Verified))]);
}

#[tokio::test(start_paused = true)]
async fn what_put_a_row_in_doubt_is_its_reason_and_not_what_came_later() {
    let mut case = Case { retries: 1, ..Case::of(1, [Err(timeout()), Err(unreachable())]) };
    let outcomes = case.run().await;
    assert_eq!(outcomes.words(), [(Outcome::Unknown, Some(Reason::Timeout))]);
    assert!(outcomes.lines[0].detail.contains("connection refused"), "{}", outcomes.lines[0].detail);
}

#[tokio::test(start_paused = true)]
async fn a_panel_that_lies_is_found_out_where_every_row_is_verified() {
    let mut case = Case { verify: Verify::All, ..Case::of(1, [Ok(yes())]) };
    case.panel.verifies = json!(0);
    assert_eq!(case.run().await.words(), [(Outcome::Unknown, Some(Reason::Mismatch))]);
}

/// POL-01, NET-15: one failed authentication in all, with ten thousand rows as with one.
#[tokio::test(start_paused = true)]
async fn a_refused_credential_is_tried_once_whatever_the_jobs() {
    for jobs in [1, 16] {
        let mut case = Case { jobs, retries: 3, ..Case::of(10_000, (0..10_000).map(|_| Err(denied()))) };
        let outcomes = case.run().await;
        assert_eq!(case.panel.asked.borrow().len(), 1, "{jobs} jobs");
        assert_eq!(outcomes.lines.len(), 10_000);
        assert!(outcomes.words().iter().all(|word| *word == (Outcome::NotTried, Some(Reason::AccessDenied))));
        assert_eq!(outcomes.summary.cause, Some(Cause::AccessDenied));
    }
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_dies_in_between_leaves_the_rest_untried() {
    let mut case = Case::of(5, [Ok(yes()), Ok(yes()), Err(denied())]);
    let outcomes = case.run().await;
    assert_eq!(outcomes.summary.counts.of(Outcome::Changed), 2);
    assert_eq!(outcomes.summary.counts.of(Outcome::NotTried), 3);
    assert_eq!(case.panel.asked.borrow().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn where_requests_overlap_the_first_goes_alone_and_then_as_many_as_there_are_jobs() {
    let mut case = Case { jobs: 8, overlap: true, ..Case::of(33, []) };
    let began = tokio::time::Instant::now();
    let outcomes = case.run().await;
    assert_eq!(outcomes.summary.counts.of(Outcome::Changed), 33);
    assert_eq!(case.panel.most_under_way.get(), 8);
    assert_eq!(began.elapsed(), Duration::from_millis(500), "one alone, then 32 in four rounds of eight");
}

/// NET-01, NET-17.
#[tokio::test(start_paused = true)]
async fn a_panel_that_is_gone_ends_the_run() {
    let mut case = Case::of(100, (0..100).map(|_| Err(unreachable())));
    let outcomes = case.run().await;
    assert_eq!(case.panel.asked.borrow().len(), 5);
    assert!(outcomes.words().iter().all(|word| *word == (Outcome::NotTried, Some(Reason::Unreachable))));
    assert_eq!(outcomes.summary.cause, Some(Cause::Unreachable));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_no_panel_is_not_sent_password_after_password() {
    let unusable = || Err(Fault::Unusable { detail: String::from("HTML") });
    let mut case = Case::of(100, (0..100).map(|_| unusable()));
    let outcomes = case.run().await;
    assert_eq!(case.panel.asked.borrow().len(), 5);
    assert_eq!(outcomes.words()[4], (Outcome::Unknown, Some(Reason::BadAnswer)));
    assert_eq!(outcomes.words()[5], (Outcome::NotTried, Some(Reason::NoAnswer)));
    assert_eq!(outcomes.summary.cause, Some(Cause::NoAnswer));
}

#[tokio::test(start_paused = true)]
async fn calls_that_cannot_be_made_are_no_silence_of_the_panel() {
    let unsupported = || Err(Fault::Unsupported { detail: String::from("no account") });
    let outcomes = Case::of(10, (0..9).map(|_| unsupported())).run().await;
    assert_eq!(outcomes.words()[8], (Outcome::NotTried, Some(Reason::Unsupported)));
    assert_eq!(outcomes.words()[9], (Outcome::Changed, None));
    assert_eq!(outcomes.summary.cause, None);
}

#[tokio::test(start_paused = true)]
async fn what_an_interruption_leaves_in_doubt_is_still_verified() {
    let mut case = Case {
        jobs: 2,
        overlap: true,
        verify: Verify::Unknown,
        ..Case::of(10, [Ok(yes()), Err(timeout()), Err(timeout())])
    };
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        brake.pull(Cause::Interrupted);
    });
    assert_eq!(outcomes.words()[1..3], [(Outcome::Changed, Some(Reason::Verified)); 2]);
    assert_eq!(outcomes.words()[3], (Outcome::NotTried, Some(Reason::Interrupted)));
}

#[tokio::test(start_paused = true)]
async fn the_stop_rule_leaves_the_rest_untried() {
    let mut case =
        Case { max_failures: Some(MaxFailures::Rows(2)), ..Case::of(10, (0..10).map(|_| Ok(no("Computer says no.")))) };
    let outcomes = case.run().await;
    assert_eq!(outcomes.summary.counts.of(Outcome::Refused), 2);
    assert_eq!(outcomes.words()[2], (Outcome::NotTried, Some(Reason::Stopped)));
    assert_eq!(outcomes.summary.cause, Some(Cause::StopRule));
    assert_eq!(*outcomes.notes.events.borrow(), ["started", "stopping", "finished"]);
}

#[tokio::test(start_paused = true)]
async fn an_interruption_finishes_what_is_under_way_and_takes_nothing_new() {
    let mut case = Case { jobs: 2, overlap: true, ..Case::of(10, []) };
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        brake.pull(Cause::Interrupted);
    });
    assert_eq!(outcomes.summary.counts.of(Outcome::Changed), 3, "one alone, then two under way");
    assert_eq!(outcomes.words()[9], (Outcome::NotTried, Some(Reason::Interrupted)));
}

#[tokio::test(start_paused = true)]
async fn leaving_at_once_leaves_what_is_under_way_unknown() {
    let mut case = Case { jobs: 2, overlap: true, verify: Verify::Unknown, ..Case::of(10, []) };
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        brake.leave_now();
    });
    assert_eq!(outcomes.summary.counts.of(Outcome::Unknown), 2);
    assert_eq!(outcomes.words()[1], (Outcome::Unknown, Some(Reason::Interrupted)));
    assert_eq!(outcomes.summary.counts.total(), 10);
}

/// NET-18: the pause is for every row.
#[tokio::test(start_paused = true)]
async fn a_pause_that_the_panel_asks_for_holds_the_next_row_where_the_tries_are_used_up() {
    let busy = Fault::Busy { status: 429, retry_after: Some(Duration::from_secs(30)) };
    let began = tokio::time::Instant::now();
    let outcomes = Case::of(2, [Err(busy), Ok(yes())]).run().await;
    assert_eq!(outcomes.words(), [(Outcome::NotTried, Some(Reason::Busy)), (Outcome::Changed, None)]);
    assert!(began.elapsed() >= Duration::from_secs(30), "the second row left after {:?}", began.elapsed());
}

/// NET-18: what the header says, in each of its forms, is how long the next request waits, whoever sends it.
#[tokio::test(start_paused = true)]
async fn every_form_of_a_pause_is_waited_for_up_to_a_quarter_of_an_hour() {
    // Sun, 06 Nov 1994 08:49:37 GMT
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let expected = Expected::of(&Call::uapi("Email", "passwd_pop"), Shape::Uapi);
    for (retry_after, seconds) in [
        (Some("7"), 7),
        (Some("Sun, 06 Nov 1994 08:50:37 GMT"), 60),
        (Some("Thu, 01 Jan 1970 00:00:00 GMT"), 0),
        (Some("Fri, 31 Dec 9999 23:59:59 GMT"), 900),
        (Some("99999999999999999999"), 900),
        (Some("soon"), 0),
        (None, 0),
    ] {
        for status in [429, 503] {
            let reply = Reply { status, content_type: None, location: None, retry_after, body: b"" };
            let busy = wire::decode(&reply, expected, now).unwrap_err();
            let began = tokio::time::Instant::now();
            let outcomes = Case { jobs: 4, ..Case::of(8, [Err(busy)]) }.run().await;
            assert_eq!(outcomes.words()[1..], [(Outcome::Changed, None); 7], "{retry_after:?}");
            let waited = began.elapsed();
            let all = Duration::from_secs(seconds);
            assert!(waited >= all && waited < all + Duration::from_secs(2), "{status} {retry_after:?}: {waited:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_waits_is_given_up_at_an_interruption() {
    let busy = Fault::Busy { status: 503, retry_after: Some(Duration::from_secs(900)) };
    let mut case = Case { retries: 3, ..Case::of(1, [Err(busy)]) };
    let brake = case.brake.clone();
    let (outcomes, ()) = tokio::join!(case.run(), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        brake.pull(Cause::Interrupted);
    });
    assert_eq!(outcomes.words(), [(Outcome::Unknown, Some(Reason::Busy))]);
    assert_eq!(case.panel.asked.borrow().len(), 1);
}

/// NET-18: nor is a pause waited out for a verification, whether the run was ended before the panel asked for it or after.
#[tokio::test(start_paused = true)]
async fn a_verification_in_a_pause_is_given_up_where_the_run_ends() {
    for (cause, millis) in [(Cause::Interrupted, 50), (Cause::Interrupted, 1000), (Cause::StopRule, 1000)] {
        let busy = Fault::Busy { status: 503, retry_after: Some(Duration::from_secs(900)) };
        let mut case = Case { verify: Verify::Unknown, ..Case::of(2, [Err(busy)]) };
        let (brake, began) = (case.brake.clone(), tokio::time::Instant::now());
        let (outcomes, ()) = tokio::join!(case.run(), async {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            brake.pull(cause);
        });
        assert!(began.elapsed() < Duration::from_secs(2), "{cause:?} after {millis} ms: {:?}", began.elapsed());
        assert_eq!(
            outcomes.words(),
            [(Outcome::Unknown, Some(Reason::Busy)), (Outcome::NotTried, Some(cause.reason()))]
        );
        assert_eq!(case.panel.times_asked("verify_password"), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn every_row_of_the_list_has_its_line_in_list_order() {
    let mut case = Case { jobs: 4, ..Case::of(2, [Ok(yes()), Ok(no("no"))]) };
    case.entries.push(entry(4, Task::Repeat { first: 0 }));
    case.entries.push(entry(5, Task::Skipped(Reason::Filtered)));
    case.entries.push(entry(6, Task::Invalid(vec![])));
    case.entries.push(entry(7, Task::Repeat { first: 1 }));
    let outcomes = case.run().await;
    let rows: Vec<(u32, Outcome)> = outcomes.lines.iter().map(|line| (line.row, line.outcome)).collect();
    let expected = [
        (2, Outcome::Changed),
        (3, Outcome::Refused),
        (4, Outcome::Changed),
        (5, Outcome::Skipped),
        (6, Outcome::Invalid),
        (7, Outcome::Refused),
    ];
    assert_eq!(rows, expected);
    assert_eq!(case.panel.times_asked("passwd_pop"), 2, "a repeat is sent once");
}
