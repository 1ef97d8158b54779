//! Programs that leak on purpose, each in a way of its own: the scan is worth something only where it finds them all.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use cprekey_tests::{Panel, Place};

use crate::allowed::Allowed;
use crate::detectors::connections::CONNECTIONS;
use crate::detectors::dumps::DUMPS;
use crate::detectors::files::FILES;
use crate::detectors::names::NAMES;
use crate::detectors::output;
use crate::detectors::output::OUTPUT;
use crate::detectors::panics::{self, PANICS};
use crate::detectors::processes::{ARGUMENTS, ENVIRONMENT};
use crate::detectors::screen::{self, SCREEN};
use crate::detectors::server::SERVER;
use crate::detectors::writes::WRITES_DETECTOR as WRITES;
use crate::finding::Search;
use crate::tally;
use crate::terminal::Terminal;
use crate::trace::Trace;
use crate::watch::{search_left, search_trace, watching};

/// What leaks.
const SECRET: &str = "Tide+Orchard <0>%41&é\"Heron Quay";

/// The leaks: the name of each in the program, and the detectors that find it, first the one that is meant for it.
const PLANTED: [(&str, &[&str]); 12] = [
    ("argument", &[ARGUMENTS]),
    ("environment", &[ENVIRONMENT]),
    ("scratch_file", &[WRITES]),
    ("file_name", &[NAMES]),
    ("log", &[FILES, WRITES]),
    ("event", &[OUTPUT, WRITES]),
    ("report", &[FILES]),
    ("panic", &[PANICS, OUTPUT, WRITES]),
    ("core_dump", &[DUMPS, FILES]),
    ("url", &[SERVER, FILES]),
    ("screen", &[SCREEN]),
    ("pipe", &[WRITES]),
];

/// The program itself.
const PROGRAM: &str = include_str!("leak.py");

/// A place with the program and its secret, and a panel that it can talk to.
fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.private("secret", SECRET);
    place.private("leak.py", PROGRAM);
    (place, panel)
}

/// Runs a line of shell in the place.
fn run(place: &Place, line: &str) -> Output {
    let mut command = Command::new("sh");
    command.current_dir(place.path("")).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("LANG", "C.UTF-8").args(["-c", line]).output().unwrap()
}

/// The interpreter itself: what `python3` names may be a script that looks for it.
fn python() -> String {
    let told = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output().unwrap();
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}

/// Has the program leak, and gives the detectors that find something.
fn found(leak: &str) -> BTreeSet<&'static str> {
    let (place, panel) = ready();
    let mut search = Search::new([SECRET]);
    let (line, folder) = watching();
    let program = format!("'{}' -I leak.py {leak} {}", python(), panel.host());
    let line = line.replace("{}", &program);
    let (stdout, stderr) = if leak == "screen" {
        let (terminal, line) = Terminal::with(&place, &line);
        run(&place, &line);
        terminal.wait(|terminal| screen::search(terminal, "while it runs", &mut search));
        screen::search(&terminal, "at the end", &mut search);
        Default::default()
    } else {
        let output = run(&place, &line);
        (output.stdout, output.stderr)
    };
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    output::search(&stdout, &stderr, &mut search);
    if leak == "panic" {
        panics::search(&stderr, &mut search);
    }
    let allowed = Allowed { folder: place.path(""), ..Allowed::default() };
    search_trace(&Trace::read(folder.path()), &panel, &allowed, &mut search);
    search_left(&place, &panel, &mut search);
    search.findings.iter().map(|finding| finding.detector).collect()
}

/// SEC-02, SEC-03, SEC-06, SEC-07, SEC-09, SEC-10, SEC-13, SEC-15, SEC-25: each leak is found, by what is meant for it, and by nothing that has
/// no part in it.
#[test]
fn every_planted_leak_is_found() {
    let mut missed = Vec::new();
    for (leak, detectors) in PLANTED {
        let found = found(leak);
        let expected: BTreeSet<_> = detectors.iter().copied().collect();
        tally::planted(found.contains(detectors[0]));
        if found != expected {
            missed.push(format!("{leak}: found by {found:?}, and should be by {expected:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// SEC-27: a connection to somebody else is found, though nothing is sent there.
#[test]
fn a_connection_to_another_is_found() {
    let (place, panel) = ready();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (line, folder) = watching();
    let code =
        format!("import socket; socket.create_connection((\"127.0.0.1\", {}))", other.local_addr().unwrap().port());
    run(&place, &line.replace("{}", &format!("'{}' -I -c '{code}'", python())));
    let mut search = Search::new([SECRET]);
    search_trace(&Trace::read(folder.path()), &panel, &Allowed::default(), &mut search);
    let found: BTreeSet<_> = search.findings.iter().map(|finding| finding.detector).collect();
    assert_eq!(found, BTreeSet::from([CONNECTIONS]));
}
