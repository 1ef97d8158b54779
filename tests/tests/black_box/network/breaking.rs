//! Connections that break, stand still, and come back: no row is what it is not.

use std::collections::BTreeSet;

use cprekey_tests::{Panel, Place, Run};

use super::relay::{Line, Relay};

const PASSWORDS: [&str; 3] = ["Tide&Orchard#1", "Tide&Orchard#2", "Tide&Orchard#3"];

/// A place with a list of three rows, and a panel that has their mailboxes.
fn ready() -> (Place, Panel, String) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    place.list("list.csv", 3);
    let address = format!("127.0.0.1:{}", panel.cpanel_port());
    (place, panel, address)
}

fn apply(place: &Place, panel: &Panel, relay: &Relay, options: &[&str]) -> Run {
    let host = relay.host();
    place.apply("list.csv").on(panel).args(["--host", &host, "--jobs", "1", "--timeout", "20"]).args(options).run()
}

/// What the run says of a row is what the panel knows of it.
fn assert_honest(panel: &Panel, run: &Run) {
    for (row, password) in run.report().iter().zip(PASSWORDS) {
        let holds = panel.verify(&row.target, password);
        match row.outcome.as_str() {
            "changed" => assert!(holds, "{row:?}: {run}"),
            "not-tried" => assert!(!holds, "{row:?}: {run}"),
            "unknown" => {}
            _ => panic!("{row:?}: {run}"),
        }
    }
}

/// Applies the list over lines of each kind; gives the outcomes that were seen.
fn outcomes_over(lines: impl IntoIterator<Item = Line>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for line in lines {
        let (place, panel, address) = ready();
        let broken = Line { to: Some(address), ..line };
        let relay = Relay::start(move |_| broken.clone());
        let run = apply(&place, &panel, &relay, &["--retries", "0", "--verify", "none"]);
        assert_honest(&panel, &run);
        assert!([0, 1, 7].contains(&run.code), "{run}");
        seen.extend(run.outcomes().into_iter().map(str::to_owned));
    }
    seen
}

fn words<const N: usize>(words: [&str; N]) -> BTreeSet<String> {
    words.map(str::to_owned).into()
}

/// NET-04: the connection is reset after every so many bytes that we sent, the handshake included.
#[test]
fn a_reset_anywhere_on_the_way_to_the_panel() {
    let lines = (0..4200).step_by(140).map(|up| Line { up, ..Line::to("") });
    assert_eq!(outcomes_over(lines), words(["changed", "not-tried", "unknown"]));
}

/// NET-05, NET-23, NET-24: the connection is reset after every so many bytes that the panel sent, within answers and between them.
#[test]
fn a_reset_anywhere_on_the_way_back() {
    let lines = (0..4200).step_by(140).map(|down| Line { down, ..Line::to("") });
    assert_eq!(outcomes_over(lines), words(["changed", "not-tried", "unknown"]));
}

/// NET-23: a byte that is not what it was ends a connection as TLS wants it, and makes no answer.
#[test]
fn a_byte_that_was_changed_on_the_way() {
    let lines = (0..3400).step_by(170).map(|byte| Line { flipped: Some(byte), ..Line::to("") });
    let seen = outcomes_over(lines);
    assert!(seen.contains("not-tried") && seen.contains("unknown"), "{seen:?}");
}

/// NET-21: a network that is gone in the middle of a run and comes back: everything is done, and nothing twice that was answered.
#[test]
fn a_network_that_comes_back_is_waited_for() {
    let (place, panel, address) = ready();
    // The first connection breaks behind the first answers, two come to nothing, and then all is well.
    let relay = Relay::start(move |number| match number {
        0 => Line { down: 2300, ..Line::to(&address) },
        1..=2 => Line::cut(),
        _ => Line::to(&address),
    });
    let run = apply(&place, &panel, &relay, &["--retries", "5"]);
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
    assert!(relay.connections() >= 4, "the line never broke: {run}");
    assert_honest(&panel, &run);
    let attempts: u32 = run.report().iter().map(|row| row.attempts).sum();
    assert!(panel.changes().len() <= usize::try_from(attempts).unwrap() && attempts <= 8, "{run}");
}

/// NET-22: a line on which a few bytes at a time come through.
#[test]
fn a_slow_line_is_no_fault() {
    let (place, panel, address) = ready();
    let relay = Relay::start(move |_| Line { slowly: Some(16), ..Line::to(&address) });
    let run = apply(&place, &panel, &relay, &["--retries", "0"]);
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
}
