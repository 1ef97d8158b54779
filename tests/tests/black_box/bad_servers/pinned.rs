//! A server that changes its key in the middle of a run gets nothing more.

use cprekey_tests::{Panel, Place};
use serde_json::json;

use crate::network::{Line, Relay};

/// SEC-21: with a pin, and with an authority, another key in the middle of a run ends it, and gets no byte of a request.
#[test]
fn another_key_in_the_middle_of_a_run_ends_it() {
    for by_pin in [true, false] {
        let place = Place::new();
        let [own, other] = [(); 2].map(|()| Panel::with_mailboxes_and(&place, 6, &["--no-hashing"]));
        own.behaviour(&json!({"close_each": true}));
        place.list("list.csv", 6);
        let addresses = [&own, &other].map(|panel| format!("127.0.0.1:{}", panel.cpanel_port()));
        // Three questions, two changes, and then the other one answers.
        let between = Relay::start(move |number| Line::to(&addresses[usize::from(number >= 5)]));
        let host = between.host();
        let trust = if by_pin { ["--pin", own.pin()] } else { ["--cacert", own.ca_file()] };
        let options = ["--host", &host, "--jobs", "1", "--retries", "0", "--verify", "none"];
        let run = place.apply("list.csv").on(&own).without_trust().args(trust).args(options).run();
        assert_eq!((run.code, run.outcomes()[1]), (1, "changed"), "{run}");
        let rest = &run.report()[2..];
        assert!(rest.iter().all(|row| (&*row.outcome, &*row.reason) == ("not-tried", "untrusted")), "{run}");
        assert_eq!((own.changes().len(), other.changes().len(), other.counters().requests()), (2, 0, 0), "{run}");
        assert_eq!(other.counters().handshakes_failed(), 1, "one look at the other key is enough: {run}");
    }
}
