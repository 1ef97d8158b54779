//! What a person at a terminal is shown, and types.

use std::process::Command;

use cprekey_tests::{Panel, Place, Run, Running, eventually};
use serde_json::json;

const CTRL_C: &str = "\u{3}";

/// A place with a panel of so many mailboxes, and with a list for all of them.
fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, count);
    place.list("list.csv", count);
    (place, panel)
}

/// `apply` at a terminal whose name comes into the file `tty`, and whose settings afterwards into `after`.
fn sit_down<'a>(place: &'a Place, panel: &'a Panel, arguments: &[&'a str], with_token: bool) -> Running<'a> {
    let line = "trap : INT; stty cols 120; tty >tty; {}; code=$?; stty -a >after; exit $code";
    let apply = place.cprekey(["apply", "list.csv"]).args(arguments.iter().copied()).on(panel).env("TERM", "xterm");
    let apply = if with_token { apply } else { apply.without_token() };
    apply.at_terminal_with(line, "").stdin_left_open().start()
}

fn wait_to_see(running: &Running<'_>, words: &str) {
    eventually(words, || running.shown().contains(words));
}

/// Waits for the question after the token, and until the terminal no longer shows what is typed.
fn wait_for_prompt(place: &Place, running: &Running<'_>) {
    wait_for_silence(place, running, "API token of shop on localhost:");
}

/// Waits for a question, and until the terminal whose name is in the file `tty` no longer shows what is typed.
pub(crate) fn wait_for_silence(place: &Place, running: &Running<'_>, question: &str) {
    wait_to_see(running, question);
    let tty = place.read("tty");
    eventually("a terminal that shows nothing", || {
        let settings = Command::new("stty").args(["-a", "-F", tty.trim()]).output().unwrap();
        String::from_utf8_lossy(&settings.stdout).contains(" -echo ")
    });
}

fn assert_interrupted(place: &Place, panel: &Panel, run: &Run) {
    assert_eq!((run.code, panel.changes().len()), (130, 0), "{run}");
    assert!(place.read("after").contains(" echo "), "the terminal is as it was: {run}");
}

#[test]
fn a_token_that_is_typed_is_not_shown() {
    let (place, panel) = ready(2);
    let mut running = sit_down(&place, &panel, &[], false);
    wait_for_prompt(&place, &running);
    running.type_in(&format!("{}\n", panel.token("shop")));
    wait_to_see(&running, "new passwords? [y/N]");
    running.type_in("y\n");
    // That the token is nowhere in what was shown, every run sees to.
    let run = running.wait();
    assert_eq!((run.code, panel.changes().len()), (0, 2), "{run}");
}

#[test]
fn a_token_that_is_not_typed_but_broken_off_ends_it() {
    let (place, panel) = ready(2);
    let mut running = sit_down(&place, &panel, &["--yes"], false);
    wait_for_prompt(&place, &running);
    running.type_in(CTRL_C);
    let run = running.wait();
    assert_interrupted(&place, &panel, &run);
    assert!(run.stdout.contains("interrupted; nothing was sent"), "{run}");
    assert_eq!(panel.counters().connections_opened(), 0);
}

/// SEC-25: whatever signal ends a question whose answer is not shown, the terminal shows again what is typed.
#[test]
fn a_signal_at_the_prompt_leaves_the_terminal_as_it_was() {
    for signal in ["TERM", "INT", "HUP"] {
        let (place, panel) = ready(1);
        // The shell becomes the program, so that its number is known.
        let line = "trap : INT TERM HUP; tty >tty; sh -c 'echo $$ >pid; exec \"$0\" \"$@\"' {}; code=$?; stty -a >after; exit $code";
        let apply = place.cprekey(["apply", "list.csv", "--yes"]).on(&panel).without_token().env("TERM", "xterm");
        let running = apply.at_terminal_with(line, "").stdin_left_open().start();
        wait_for_prompt(&place, &running);
        let sent = Command::new("kill").args(["-s", signal, place.read("pid").trim()]).status().unwrap();
        assert!(sent.success());
        let run = running.wait();
        assert_interrupted(&place, &panel, &run);
        assert!(run.stdout.contains("interrupted; nothing was sent"), "{run}");
        assert_eq!(panel.counters().connections_opened(), 0);
    }
}

/// SEC-25: Ctrl-\\ ends the program as the system does it, with a terminal that shows again what is typed.
#[test]
fn a_quit_at_the_prompt_leaves_the_terminal_as_it_was() {
    let (place, panel) = ready(1);
    let line = "trap : QUIT; tty >tty; {}; code=$?; stty -a >after; exit $code";
    let apply = place.cprekey(["apply", "list.csv", "--yes"]).on(&panel).without_token().env("TERM", "xterm");
    let mut running = apply.at_terminal_with(line, "").stdin_left_open().start();
    wait_for_prompt(&place, &running);
    running.type_in("\u{1c}");
    let run = running.wait();
    let after = place.read("after");
    assert!(run.code == 131 && after.contains(" echo ") && after.contains(" icanon"), "{after}{run}");
}

#[test]
fn the_question_can_be_broken_off() {
    let (place, panel) = ready(2);
    let mut running = sit_down(&place, &panel, &[], true);
    wait_to_see(&running, "Give 2 mailboxes on localhost:");
    wait_to_see(&running, "[y/N]");
    running.type_in(CTRL_C);
    let run = running.wait();
    assert_interrupted(&place, &panel, &run);
    assert!(run.stdout.contains("nothing was sent"), "{run}");
}

#[test]
fn a_run_can_be_broken_off_and_says_what_happens() {
    let (place, panel) = ready(40);
    panel.behaviour(&json!({"latency_ms": 50}));
    let mut running = sit_down(&place, &panel, &["--yes", "--report", "report.csv", "--jobs", "2"], true);
    eventually("a change", || panel.counters().calls("Email::passwd_pop") > 2);
    running.type_in(CTRL_C);
    let run = running.wait();
    assert_eq!((run.code, run.report().len()), (130, 40), "{run}");
    assert!(run.stdout.contains("Ctrl-C again leaves at once"), "{run}");
    let changed = run.outcomes().into_iter().filter(|outcome| *outcome == "changed").count();
    assert_eq!(changed, panel.changes().len(), "{run}");
}

#[test]
fn progress_is_seen_and_leaves_a_clean_summary() {
    let (place, panel) = ready(20);
    panel.behaviour(&json!({"latency_ms": 50}));
    let run = sit_down(&place, &panel, &["--yes", "--rate", "none"], true).wait();
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stdout.contains("/20  ") && run.stdout.contains("/s "), "the bar counts rows: {run}");
    let (_, behind) = run.stdout.rsplit_once("\u{1b}[2K").unwrap();
    assert!(behind.contains("20 changed") && !behind.contains("/20"), "the bar has made room: {run}");
}
