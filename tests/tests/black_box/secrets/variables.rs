//! The token in a variable is for the program alone.

use cprekey_tests::{Panel, Place};

/// SEC-04: a token in the environment goes to none of the programs that are started.
#[test]
fn a_token_in_a_variable_is_not_passed_on() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.list("list.csv", 1);
    place.private("token", panel.token("shop"));
    place.secret("DECOYTOKEN123");
    let apply = place.apply("list.csv").on(&panel).without_token().env("CPREKEY_TOKEN", "DECOYTOKEN123");
    let run = apply.args(["--token-command", "env >seen; cat token"]).run();
    assert_eq!(run.code, 0, "{run}");
    let seen = place.read("seen");
    assert!(seen.contains("HOME=") && !seen.contains("CPREKEY_TOKEN"), "{seen}");
}

/// SEC-07: variables with which programs are made to talk find nothing to turn on.
#[test]
fn no_variable_makes_a_library_talk() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    place.list("list.csv", 2);
    let apply = || place.cprekey(["apply", "list.csv", "--yes", "--verbose", "--log", "log"]).on(&panel);
    let plain = apply().run();
    let talkative = apply().env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").env("SSLKEYLOGFILE", "keys");
    let talkative = talkative.env("REQWEST_LOG", "trace").env("TOKIO_CONSOLE", "1").run();
    let lines = |text: &str| text.lines().count();
    assert_eq!((plain.code, talkative.code), (0, 0), "{talkative}");
    assert_eq!(lines(&plain.stderr), lines(&talkative.stderr), "{talkative}");
    assert_eq!(lines(&plain.stdout), lines(&talkative.stdout), "{talkative}");
    assert!(!place.path("keys").exists(), "the keys of the connection were written down");
}
