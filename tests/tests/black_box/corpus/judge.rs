//! Runs the cases of a theme and holds what was seen against their verdicts.

use std::fs;
use std::process::Command;
use std::thread;

use cprekey_tests::corpus::{Case, Way, cases};
use cprekey_tests::{Invocation, Panel, Place, Run, program};

use super::mailboxes::{config, wrong_changes};
use super::seen::{expected, seen};

/// Stands in every password of the corpus, so that one of them is found wherever it is shown.
const CANARY: &str = "Orchard";

/// The most memory that a bomb may take.
const MOST_MEMORY: u64 = 96 << 20;

/// Tries every case of a theme.
pub(super) fn judge(theme: &str) {
    let cases = cases(theme);
    let place = Place::new();
    place.secret(CANARY);
    let panel = Panel::start_with(&place, &config(&cases), &["--no-hashing"]);
    let tried_here = cases.iter().filter(|case| !case.heavy);
    let wrong: Vec<String> = tried_here.flat_map(|case| tried(&place, &panel, case)).collect();
    assert!(wrong.is_empty(), "{} of {theme} went wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What went wrong with a case.
fn tried(place: &Place, panel: &Panel, case: &Case) -> Vec<String> {
    let name = case.file_name();
    let run = checked(place, case, &name);
    let mut wrong = Vec::new();
    let (expected, seen) = (expected(case), seen(case, &run));
    let as_expected = expected == seen;
    if !as_expected {
        wrong.push(format!("\nexpected {expected:?}\n    seen {seen:?}\n{run}"));
    }
    wrong.extend(unseemly(&run));
    wrong.extend(too_heavy(place, case));
    if as_expected && case.way == Way::File && !case.verdict.sets.is_empty() {
        wrong.extend(wrong_changes(place, panel, case, &name));
    }
    if case.way == Way::File {
        fs::remove_file(place.path(&name)).unwrap();
    }
    wrong.iter().map(|what| format!("--- {}: {}: {what}", case.name, case.shows)).collect()
}

fn checked(place: &Place, case: &Case, name: &str) -> Run {
    match case.way {
        Way::File => {
            place.private(name, "");
            case.list.write(&place.path(name)).unwrap();
            run(place, case, name)
        }
        Way::Stdin => checking(place, case, "-").stdin(case.list.bytes()).run(),
        Way::Fifo => through_a_pipe(place, case, name),
        Way::Missing => run(place, case, name),
        Way::Directory => {
            fs::create_dir(place.path(name)).unwrap();
            let run = run(place, case, name);
            fs::remove_dir(place.path(name)).unwrap();
            run
        }
        Way::Zeros => run(place, case, "/dev/zero"),
    }
}

fn checking<'a>(place: &'a Place, case: &Case, list: &str) -> Invocation<'a> {
    let check = place.cprekey(["check"]).args([list]).args(&case.options).args(["--output", "json"]);
    if !case.bomb {
        return check;
    }
    let scales = program("cprekey-corpus");
    check.in_shell(&format!("ulimit -v 8000000; '{}' weigh weight timeout 20 {{}}", scales.display()))
}

fn run(place: &Place, case: &Case, list: &str) -> Run {
    checking(place, case, list).run()
}

fn through_a_pipe(place: &Place, case: &Case, name: &str) -> Run {
    let pipe = place.path(name);
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let bytes = case.list.bytes();
    let (writer, path) = (bytes.clone(), pipe.clone());
    // A reader that stops early closes the pipe, which is its right.
    let writer = thread::spawn(move || drop(fs::write(path, writer)));
    let run = run(place, case, name);
    writer.join().unwrap();
    fs::remove_file(pipe).unwrap();
    run
}

/// What must not be in any output: a bug of ours, or a sign that moves a terminal's cursor or turns its text around.
fn unseemly(run: &Run) -> Vec<String> {
    let all = format!("{}{}", run.stdout, run.stderr);
    let bug =
        (all.contains("a bug in this program") || ![0, 2, 6].contains(&run.code)).then(|| format!("a bug: {run}"));
    let harmful = |letter: char| {
        letter.is_control() && letter != '\n'
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let sign = all.chars().find(|letter| harmful(*letter)).map(|letter| format!("{letter:?} was shown"));
    bug.into_iter().chain(sign).collect()
}

fn too_heavy(place: &Place, case: &Case) -> Option<String> {
    if !case.bomb {
        return None;
    }
    let note = place.read("weight");
    let peak: u64 = note.split(' ').next().unwrap().parse().unwrap();
    (peak > MOST_MEMORY).then(|| format!("it took {} MB", peak >> 20))
}
