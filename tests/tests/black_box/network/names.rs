//! Names and addresses of panels.

use cprekey_tests::{Panel, Place};

use super::relay::{Line, Relay};

/// NET-20: a name that leads nowhere is told as such, and nothing is sent.
#[test]
fn a_name_that_nobody_knows_is_told() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    place.list("list.csv", 2);
    let options = ["--host", "no-such-panel.invalid:2083", "--retries", "0"];
    let run = place.apply("list.csv").on(&panel).args(options).run();
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried"; 2]), "{run}");
    assert!(run.report().iter().all(|row| row.reason == "unreachable"), "{run}");
    assert!(run.stderr.contains("its name was not found"), "{run}");
}

/// NET-20: of several addresses the next is tried where one does not answer.
#[test]
fn a_name_with_dead_addresses_is_reached_by_a_live_one() {
    for dead in ["127.0.0.77", "[::1]", "127.0.0.77,[::1]"] {
        let place = Place::new();
        let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
        place.list("list.csv", 2);
        let resolve = format!("{}:{dead},127.0.0.1", panel.host());
        let run = place.apply("list.csv").on(&panel).args(["--retries", "0", "--resolve", &resolve]).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 2]), "{dead}: {run}");
    }
}

/// NET-20: a name that leads to another server by turns: that one does not prove to be the panel, and gets nothing.
#[test]
fn another_server_behind_the_same_name_gets_nothing() {
    let place = Place::new();
    let [own, other] = [(); 2].map(|()| Panel::with_mailboxes_and(&place, 4, &["--no-hashing"]));
    place.list("list.csv", 4);
    own.behaviour(&serde_json::json!({"close_each": true}));
    let addresses = [&own, &other].map(|panel| format!("127.0.0.1:{}", panel.cpanel_port()));
    let relay = Relay::start(move |number| Line::to(&addresses[usize::from(number >= 3 && number % 2 == 0)]));
    let run = place.apply("list.csv").on(&own).args(["--host", &relay.host(), "--jobs", "1", "--retries", "0"]).run();
    assert_eq!((run.code, run.outcomes()[0]), (1, "changed"), "{run}");
    assert!(run.report()[1..].iter().all(|row| row.reason == "untrusted"), "{run}");
    assert_eq!((other.counters().requests(), other.changes().len()), (0, 0), "{run}");
}

/// NET-36, SEC-19: a host as people write it: with a dot at its end, in capitals, as a URL, in brackets.
#[test]
fn a_host_is_taken_as_people_write_it() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    let port = panel.cpanel_port();
    for host in [format!("LOCALHOST.:{port}"), format!("https://localhost:{port}/"), format!("127.0.0.1:{port}")] {
        place.list("list.csv", 1);
        let run = place.apply("list.csv").on(&panel).args(["--host", &host]).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{host}: {run}");
    }
    for (host, says) in [
        ("[fe80::1%eth0]:2083", "zone"),
        ("http://localhost:2083", "HTTPS only"),
        ("localhost:2082", "not encrypted"),
        ("localhost:2086", "not encrypted"),
        ("localhost:2095", "not encrypted"),
        ("local host", "neither a host name"),
    ] {
        let run = place.cprekey(["apply", "list.csv", "--yes"]).on(&panel).args(["--host", host]).run();
        assert!(run.code == 2 && run.stderr.contains(says), "{host}: {run}");
    }
}
