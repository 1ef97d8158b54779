//! What ends a run early, with many changes in one request.

use cprekey_tests::{ACCOUNTS, Panel, Place};

use crate::server::{counts, list};

const CHANGE: &str = "Email::passwd_pop";

/// Twenty mailboxes whose new passwords are all too weak.
fn weak() -> (Place, Panel) {
    let place = Place::new();
    let row = |number: usize| ACCOUNTS.map(|(_, domain)| (format!("user{number}@{domain}"), format!("hello{number}")));
    place.csv("list.csv", (1..=4).flat_map(row));
    let panel = Panel::with_accounts(&place, 4, "");
    (place, panel)
}

#[test]
fn no_more_is_sent_than_may_still_fail() {
    // With several jobs as many rows may be under way as there are jobs, as with single requests.
    for (jobs, most) in [("1", 3), ("4", 3 + 3)] {
        for batch in ["25", "1"] {
            let (place, panel) = weak();
            let options = ["--max-failures", "3", "--batch", batch, "--jobs", jobs, "--overlap"];
            let run = place.apply("list.csv").args(options).through_whm(&panel).run();
            let refused = counts(&run)[&("refused", "too-weak")];
            assert_eq!((run.code, counts(&run)[&("not-tried", "stopped")]), (5, 20 - refused), "{run}");
            assert!((3..=most).contains(&refused), "--jobs {jobs} --batch {batch}: {run}");
            assert_eq!(panel.counters().calls(CHANGE), u64::try_from(refused).unwrap());
        }
    }
}

#[test]
fn a_share_of_failures_is_one_of_all_changes() {
    let (place, panel) = weak();
    let run = place.apply("list.csv").args(["--max-failures", "25%", "--jobs", "1"]).through_whm(&panel).run();
    let told = [(("not-tried", "stopped"), 15), (("refused", "too-weak"), 5)];
    assert_eq!((run.code, counts(&run)), (5, told.into()), "{run}");
    assert_eq!((panel.counters().calls(CHANGE), panel.counters().calls("whm::batch")), (5, 1));
}

#[test]
fn failures_in_several_batches_count_together() {
    let place = Place::new();
    let mut rows = list(&place, 4);
    for failing in [0, 1, 10, 15, 16] {
        rows[failing].1 = String::from("hello7");
    }
    place.csv("list.csv", rows);
    let panel = Panel::with_accounts(&place, 4, "");
    let options = ["--max-failures", "4", "--jobs", "1", "--batch", "25"];
    let run = place.apply("list.csv").args(options).through_whm(&panel).run();
    let told = [(("changed", ""), 12), (("not-tried", "stopped"), 4), (("refused", "too-weak"), 4)];
    assert_eq!((run.code, counts(&run)), (5, told.into()), "{run}");
    assert_eq!(panel.counters().calls(CHANGE), 16);
}

#[test]
fn a_limit_takes_the_first_changes() {
    let place = Place::new();
    list(&place, 4);
    let panel = Panel::with_accounts(&place, 4, "");
    let run = place.apply("list.csv").args(["--limit", "7", "--jobs", "1"]).through_whm(&panel).run();
    let told = [(("changed", ""), 7), (("skipped", "over-limit"), 13)];
    assert_eq!((run.code, counts(&run)), (0, told.into()), "{run}");
    assert_eq!((panel.changes().len(), panel.counters().calls("whm::batch")), (7, 1));
    assert!(run.outcomes()[..7].iter().all(|outcome| *outcome == "changed"), "{run}");
}

#[test]
fn more_changes_than_there_may_be_send_nothing() {
    let place = Place::new();
    list(&place, 4);
    let panel = Panel::with_accounts(&place, 4, "");
    let run = place.apply("list.csv").args(["--max-changes", "19"]).through_whm(&panel).run();
    assert_eq!((run.code, counts(&run)), (5, [(("not-tried", "stopped"), 20)].into()), "{run}");
    assert_eq!((panel.counters().calls(CHANGE), panel.counters().calls("whm::batch")), (0, 0));
}
