//! Runs whose first changes are all refused for one reason: they end, with advice, unless told otherwise.

use cprekey_tests::{ACCOUNTS, Panel, Place, Run};

use crate::many::count;

/// Writes a list of so many mailboxes with passwords that are all too weak, but for those of these numbers.
fn weak(place: &Place, rows: usize, good: &[usize]) {
    let password = |number: usize| {
        if good.contains(&number) { format!("Tide&Orchard#{number}") } else { format!("hello{number}") }
    };
    place.csv("list.csv", (1..=rows).map(|number| (format!("user{number}@example.com"), password(number))));
}

fn apply(rows: usize, good: &[usize], options: &[&str]) -> (Run, usize) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, rows, &["--no-hashing"]);
    weak(&place, rows, good);
    let run = place.apply("list.csv").args(options.iter().copied()).on(&panel).run();
    let sent = panel.counters().calls("Email::passwd_pop");
    (run, usize::try_from(sent).unwrap())
}

/// POL-02: the run ends, says why and what to look at, and what was not sent is not tried.
#[test]
fn twenty_refusals_for_one_reason_end_the_run_with_advice() {
    for options in [&["--jobs", "1"][..], &["--jobs", "16"]] {
        let (run, sent) = apply(60, &[], options);
        assert_eq!((run.code, sent, count(&run, "refused"), count(&run, "not-tried")), (5, 20, 20, 40), "{run}");
        let told = "looks systematic: the first 20 changes were all refused: too-weak; ";
        assert!(run.stderr.contains(told) && run.stderr.contains("column"), "{run}");
        assert!(run.stderr.contains("--keep-going"), "{run}");
        assert!(run.stdout.contains("next: all were refused for one reason; look whether the right column"), "{run}");
        assert!(!run.stdout.contains("does no harm"), "the same list again would be refused again: {run}");
        assert_eq!(run.report()[59].reason, "stopped");
    }
    let (run, sent) = apply(60, &[], &["--jobs", "8", "--overlap"]);
    assert!(run.code == 5 && (20..28).contains(&sent), "those under way come on top: {run}");
}

/// POL-02: as an event, too.
#[test]
fn the_end_is_an_event() {
    let (run, _) = apply(30, &[], &["--output", "json"]);
    let event = run.events().into_iter().find(|event| event["event"] == "systematic").unwrap();
    assert_eq!((event["rows"].as_u64(), event["reason"].as_str()), (Some(20), Some("too-weak")), "{run}");
    assert!(
        include_str!("../../../docs/REPORTS.md").contains("| `systematic` | `apply`, `verify` | `rows`, `reason`: ")
    );
}

/// POL-02: unless told otherwise.
#[test]
fn keep_going_goes_on() {
    let (run, sent) = apply(60, &[], &["--keep-going"]);
    assert_eq!((run.code, sent, count(&run, "refused")), (3, 60, 60), "{run}");
    assert!(!run.stderr.contains("systematic"), "{run}");
}

/// POL-02: where one is not refused, there are fewer, or none is left to be spared, nothing is systematic.
#[test]
fn other_beginnings_go_on() {
    for (rows, good, changed) in [(40, &[20][..], 1), (19, &[], 0), (20, &[], 0)] {
        let (run, sent) = apply(rows, good, &["--jobs", "1"]);
        assert_eq!((run.code, sent, count(&run, "changed")), (3, rows, changed), "{run}");
        assert!(!run.stderr.contains("no new rows"), "{run}");
    }
    let (run, sent) = apply(60, &[], &["--limit", "20"]);
    assert_eq!((run.code, sent, count(&run, "refused")), (3, 20, 20), "{run}");
}

/// POL-02: nor are more than twenty sent in batches.
#[test]
fn batches_are_no_larger_before_one_is_not_refused() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 20, "");
    let row = |number: usize| ACCOUNTS.map(|(_, domain)| (format!("user{number}@{domain}"), format!("hello{number}")));
    place.csv("list.csv", (1..=20).flat_map(row));
    let run = place.apply("list.csv").through_whm(&panel).run();
    assert_eq!((run.code, count(&run, "refused"), count(&run, "not-tried")), (5, 20, 80), "{run}");
    assert_eq!(panel.counters().calls("whm::batch"), 1);
}
