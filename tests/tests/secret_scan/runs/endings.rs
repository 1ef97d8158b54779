//! Programs that are ended by force while they hold secrets, with core dumps allowed.

use std::fs;

use cprekey_tests::{Run, eventually};

use crate::detectors::dumps::DUMPS;
use crate::detectors::files;
use crate::ground::{Ground, canary};
use crate::watch::assert_clean;

/// Allows core dumps before the program, in whose place they would lie.
const ALLOWED: &str = "ulimit -c unlimited; exec {}";

/// Whether a process has ended, of which nobody has asked yet how.
fn has_ended(process: u32) -> bool {
    let state = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    state.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('Z'))
}

fn assert_nothing_left(ground: &Ground, run: &Run) {
    let mut search = ground.search();
    search.require(!run.dumped_core, DUMPS, &run.to_string(), "a core was dumped");
    files::search(&ground.place, &mut search);
    assert_clean(&search);
}

/// SEC-10: by itself, in the middle of what it does.
#[test]
fn a_program_that_aborts_leaves_no_core() {
    for point in ["abort:list-understand", "abort:form", "abort:https-answer", "abort:failed-write"] {
        let ground = Ground::new();
        let run = ground.apply().on(&ground.panel).panicking_at(point).in_shell(ALLOWED).start().end();
        assert_eq!(run.code, 128 + 6, "{run}");
        assert_nothing_left(&ground, &run);
    }
    let ground = Ground::new();
    ground.place.secret(canary(1));
    let call =
        ground.place.one_call("--api=uapi Email passwd_pop email=user1@example.com password=@-").stdin(canary(1));
    let run = call.on(&ground.panel).user("shop").panicking_at("abort:cpapi2-answer").in_shell(ALLOWED).start().end();
    assert_eq!(run.code, 128 + 6, "{run}");
    assert_nothing_left(&ground, &run);
}

/// SEC-10: by signals from outside, while a request is under way.
#[test]
fn a_program_that_is_killed_leaves_no_core() {
    for (signal, number) in [("ABRT", 6), ("SEGV", 11), ("QUIT", 3), ("BUS", 7)] {
        let ground = Ground::new();
        ground.hold();
        let running = ground.apply().on(&ground.panel).in_shell(ALLOWED).start();
        eventually("a request", || ground.is_held());
        // The first of SEGV and BUS is taken by Rust's handler for overflown stacks, which lets the next through.
        eventually("its end", || {
            running.signal(signal);
            has_ended(running.pid())
        });
        let run = running.end();
        assert_eq!(run.code, 128 + number, "{run}");
        assert_nothing_left(&ground, &run);
    }
}
