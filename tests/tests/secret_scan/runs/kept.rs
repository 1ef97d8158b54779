//! What is kept of runs, and every command that works on it.

use cprekey_tests::{Run, eventually};

use crate::ground::Ground;

fn audited(ground: &Ground) -> Run {
    ground.place.cprekey(["runs", "audit", "last"]).run()
}

/// SEC-14: neither in a journal, its key, a lock nor in what is shown of them a secret stands, whatever becomes of the run.
#[test]
fn nothing_that_is_kept_of_a_run_holds_a_secret() {
    let ground = Ground::new();
    ground.hold();
    let running = ground.apply().on(&ground.panel).start();
    eventually("a request", || ground.is_held());
    running.signal("KILL");
    running.end();
    ground.panel.clear_switches();
    let resumed = ground.place.cprekey(["resume", "last", "--yes", "--reason", "it was cut off"]);
    let run = ground.scan(resumed.on(&ground.panel));
    assert_eq!(run.code, 3, "{run}");
    for arguments in [
        vec!["runs"],
        vec!["runs", "--output", "json"],
        vec!["runs", "show", "last"],
        vec!["runs", "audit", "last"],
        vec!["report", "last", "--report", "again.xlsx", "--report", "again.csv"],
        vec!["runs", "remove", "last", "--yes"],
    ] {
        let run = ground.scan(ground.place.cprekey(arguments));
        assert_eq!(run.code, 0, "{run}");
    }
}

/// PRC-15: a bug in the middle of a run leaves a journal with which the run goes on, and the way is told.
#[test]
fn a_panic_in_the_middle_leaves_a_run_to_go_on_with() {
    for (point, is_sent) in [("run-change", false), ("run-settle", true)] {
        let ground = Ground::new();
        let run = ground.apply().on(&ground.panel).panicking_at(point).start().end();
        assert_eq!(run.code, 1, "{run}");
        let told = run.stderr.contains("cprekey resume 20") && run.stderr.contains(" goes on");
        assert!(told, "{run}");
        assert_eq!(ground.panel.changes().len(), usize::from(is_sent), "{run}");
        let audit = audited(&ground);
        assert!(audit.code == 0 && audit.stdout.contains("cut off"), "{audit}");
        let resumed = ground.place.cprekey(["resume", "last", "--yes"]).on(&ground.panel);
        let run = ground.scan(resumed);
        assert_eq!((run.code, run.report().len()), (3, 12), "{run}");
        assert!(!run.outcomes().contains(&"unknown") && !run.outcomes().contains(&"not-tried"), "{run}");
    }
}
