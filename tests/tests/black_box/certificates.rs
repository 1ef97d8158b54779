//! Certificates as panels have them: refused in words that fit, before anything is sent, with the pin that accepts the key.

use cprekey_tests::{Panel, Place, Run};

const SHAPES: [&str; 6] = ["ca-signed", "self-signed-ca", "self-signed-leaf", "cn-only", "wrong-name", "expired"];

const UNKNOWN: &str = "an authority that is not trusted here";
const AS_AUTHORITY: &str = "marked as a certificate authority's own";

/// A place with a panel that shows such a certificate, and a file with an authority that has nothing to do with it.
fn showing(shape: &str) -> (Place, Panel, String) {
    let place = Place::new();
    let stranger = Panel::with_mailboxes(&place, 0);
    let others = place.private("others.pem", std::fs::read(stranger.ca_file()).unwrap());
    let panel = Panel::with_mailboxes_and(&place, 2, &["--certificate", shape]);
    place.list("list.csv", 2);
    (place, panel, others.into_os_string().into_string().unwrap())
}

/// The pin that a message would have the user accept.
fn pin_in(message: &str) -> &str {
    let (_, rest) = message.split_once("--pin ").unwrap();
    rest.split([' ', ',', ';']).next().unwrap()
}

fn assert_refused(run: &Run, panel: &Panel, words: &str) {
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried", "not-tried"]), "{run}");
    assert!(run.report().iter().all(|row| row.reason == "untrusted"), "{run}");
    assert!(run.stderr.contains("error: ") && run.stderr.contains(words), "it should say {words:?}: {run}");
    assert_eq!(pin_in(&run.stderr), panel.pin(), "{run}");
    assert_eq!((panel.counters().requests(), panel.changes().len()), (0, 0));
}

#[test]
fn every_shape_is_refused_by_default_in_words_that_fit_it() {
    for (shape, words) in [
        ("ca-signed", UNKNOWN),
        ("self-signed-ca", AS_AUTHORITY),
        ("self-signed-leaf", "it is self-signed"),
        ("cn-only", "it is self-signed, and it names no host at all"),
        ("wrong-name", UNKNOWN),
        ("expired", "it expired at 2021-01-01T00:00:00Z; it is now"),
    ] {
        // The system's certificates are those of this variable, so that the test is the same on every system.
        let (place, panel, others) = showing(shape);
        let run = place.apply("list.csv").on(&panel).without_trust().env("SSL_CERT_FILE", others).run();
        assert_refused(&run, &panel, words);
    }
}

#[test]
fn a_trusted_authority_is_not_all_that_it_takes() {
    for (shape, words) in [
        ("self-signed-ca", AS_AUTHORITY),
        ("cn-only", "it names no host at all"),
        ("wrong-name", "it is for another-server.invalid, not for localhost"),
        ("expired", "it expired at 2021-01-01T00:00:00Z"),
    ] {
        let (place, panel, _) = showing(shape);
        assert_refused(&place.apply("list.csv").on(&panel).run(), &panel, words);
    }
    for shape in ["ca-signed", "self-signed-leaf"] {
        let (place, panel, _) = showing(shape);
        let run = place.apply("list.csv").on(&panel).run();
        assert_eq!(run.code, 0, "{shape}: {run}");
    }
}

#[test]
fn the_pin_of_the_message_is_all_that_the_next_run_needs() {
    for shape in SHAPES {
        let (place, panel, others) = showing(shape);
        let first = place.apply("list.csv").on(&panel).without_trust().args(["--cacert", &others]).run();
        assert_eq!((first.code, panel.counters().requests()), (1, 0), "{shape}: {first}");
        let run = place.apply("list.csv").on(&panel).without_trust().args(["--pin", pin_in(&first.stderr)]).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{shape}: {run}");
    }
}

#[test]
fn the_message_says_how_to_compare_the_pin() {
    let (place, panel, others) = showing("self-signed-ca");
    let run = place.apply("list.csv").on(&panel).without_trust().args(["--cacert", &others]).run();
    let help = run.stderr.lines().find(|line| line.contains("help:")).unwrap();
    let (_, command) = help.split_once("on the server itself: ").unwrap();
    assert!(command.starts_with(&format!("openssl s_client -connect {}", panel.host())), "{run}");
    assert!(command.ends_with("openssl base64"), "{run}");
}

#[test]
fn a_wrong_name_has_an_easier_way() {
    let (place, panel, _) = showing("wrong-name");
    let port = panel.host().replace("localhost:", "");
    place.private("token", panel.token("shop"));
    let host = format!("another-server.invalid:{port}");
    let there = format!("{host}:127.0.0.1");
    let options = ["--user", "shop", "--token-file", "token", "--cacert", panel.ca_file(), "--host", &host];
    let run = place.apply("list.csv").args(options).args(["--resolve", &there]).run();
    assert_eq!(run.code, 0, "{run}");
    let advice = place.apply("list.csv").on(&panel).run();
    assert!(advice.stderr.contains("--resolve"), "{advice}");
}

#[test]
fn plan_refuses_as_apply_does() {
    for shape in ["self-signed-ca", "expired"] {
        let (place, panel, _) = showing(shape);
        let run = place.cprekey(["plan", "list.csv"]).on(&panel).run();
        assert!(run.code == 1 && run.stdout.is_empty() && pin_in(&run.stderr) == panel.pin(), "{run}");
        assert_eq!(panel.counters().requests(), 0);
    }
}
