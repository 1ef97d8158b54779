//! What the system sees of a run over HTTPS: which files it makes, whom it connects to, and what it writes.

use cprekey_tests::{Panel, Person, Place};

use crate::local::trace::{Trace, named_file, traced};

/// What every password of the list begins with.
const CANARY: &str = "Tide&Orchard";

/// Where the tests do not run as root it runs in a namespace of ours: into it we may look.
fn applied() -> (Place, Panel, Trace) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    place.list("list.csv", 3);
    place.secret("Tide&Orchard#3");
    let options = ["--log", "log", "--failed", "failed.csv", "--verbose", "--report", "more.xlsx"];
    let (run, trace) = traced(&place, place.apply("list.csv").on(&panel).args(options).started_by(Person::Root));
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
    (place, panel, trace)
}

/// SEC-13: a run makes the files that it was asked for, each beside its place, and no other; no secret is written to any.
#[test]
fn no_file_is_made_but_those_that_were_asked_for() {
    let (place, _panel, trace) = applied();
    let made: Vec<_> =
        ["openat", "creat", "mkdir", "mkdirat", "memfd_create"].iter().flat_map(|call| trace.of(call)).collect();
    let made: Vec<_> = made.into_iter().filter(|line| !line.contains("openat") || line.contains("O_CREAT")).collect();
    assert!(made.len() >= 4, "the report, the workbook, the log and the failed list: {made:?}");
    let folder = place.path("").display().to_string();
    for line in made {
        let name = named_file(line);
        assert!(!name.starts_with('/') || name.starts_with(&folder), "{line}");
    }
    assert_eq!(trace.files_with(CANARY), Vec::<&str>::new());
    assert_eq!(trace.files_with("Tide%26Orchard"), Vec::<&str>::new());
    place.assert_no_leak(&[("what the system saw", trace.public().as_bytes())]);
}

/// SEC-27: nobody but the panel is connected to; there is nothing that reports a crash or a use to anybody.
#[test]
fn nobody_is_connected_to_but_the_panel() {
    let (_place, panel, trace) = applied();
    let connects = trace.tried("connect");
    let outside: Vec<_> = connects.iter().filter(|line| line.contains("AF_INET")).collect();
    assert!(!outside.is_empty(), "the panel was connected to");
    let port = format!("htons({})", panel.cpanel_port());
    for line in outside {
        // The system's resolver asks for the way to an address by a connection to its port 0, on which nothing is sent.
        assert!(line.contains(&port) || line.contains("htons(0)"), "{line}");
        assert!(line.contains("\"127.0.0.1\"") || line.contains("\"::1\""), "{line}");
    }
}
