//! What the system takes away from a run: files, processes, room, the reader of its output.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use cprekey_tests::{Panel, Person, Place, eventually};

use super::{journals, kept, ready};

/// A line of shell with mounts of its own.
fn within_mounts(line: &str) -> String {
    format!("unshare --mount --map-root-user sh -c \"$(cat <<'END'\n{line}\nEND\n)\"")
}

/// PRC-14: with few files to open a run is done, and with too few it ends with words before anything is sent.
#[test]
fn few_files_are_enough_and_too_few_are_told() {
    for (limit, is_enough) in [(24, true), (16, false), (9, false)] {
        let (place, panel) = ready(5);
        let run = place.apply("list.csv").on(&panel).in_shell(&format!("ulimit -n {limit}; {{}}")).run();
        if is_enough {
            assert_eq!((run.code, panel.changes().len()), (0, 5), "{limit}: {run}");
        } else {
            assert_eq!((run.code, panel.changes().len()), (1, 0), "{limit}: {run}");
            assert!(
                run.stderr.contains("files may be open at once") && run.stderr.contains("ulimit -n 1024"),
                "{limit}: {run}"
            );
        }
    }
}

/// PRC-14: where no thread can be started, a run goes on without, or says so.
#[test]
fn no_further_thread_is_needed_or_told() {
    let (place, panel) = ready(5);
    let run = place.apply("list.csv").on(&panel).started_by(Person::User(40_771)).in_shell("ulimit -u 1; {}").run();
    let is_told = run.code != 0 && run.stderr.contains("error:");
    assert!(run.code == 0 && panel.changes().len() == 5 || is_told, "{run}");
}

/// PRC-08: where nothing can be kept nothing is sent, and the remedy is told.
#[test]
fn a_folder_that_cannot_be_written_ends_a_run_before_it_begins() {
    let (place, panel) = ready(3);
    place.private("file", "");
    let state = place.path("file/below").to_str().unwrap().to_owned();
    let run = place.apply("list.csv").on(&panel).env("XDG_STATE_HOME", state).run();
    assert!(run.code != 0 && run.stderr.contains("--no-journal"), "{run}");
    let run = place.apply("list.csv").on(&panel).in_shell(&within_mounts("mount -t tmpfs -o ro none home && {}")).run();
    assert!(run.code == 1 && run.stderr.contains("Read-only file system"), "{run}");
    assert!(run.stderr.contains("--no-journal"), "{run}");
    assert_eq!(panel.counters().requests(), 0, "{run}");
}

/// PRC-08: without a home there is no folder for journals, and the remedy is told.
#[test]
fn without_a_home_there_is_no_journal() {
    let (place, panel) = ready(2);
    let homeless = "unset HOME XDG_STATE_HOME; {}";
    let run = place.apply("list.csv").on(&panel).started_by(Person::User(40_772)).in_shell(homeless).run();
    assert!(run.code != 0 && run.stderr.contains("XDG_STATE_HOME or HOME"), "{run}");
    assert_eq!(panel.counters().requests(), 0, "{run}");
    let run = place.apply("list.csv").on(&panel).args(["--no-journal"]).in_shell(homeless).run();
    assert_eq!(run.code, 0, "{run}");
}

/// PRC-05: where the report has no room the journal has all of it, and the report can be had later.
#[test]
fn a_report_without_room_is_rebuilt() {
    let (place, panel) = ready(200);
    fs::create_dir(place.path("small")).unwrap();
    let line = "mount -t tmpfs -o size=4k none small && {}; code=$?; umount small; exit $code";
    let apply =
        place.cprekey(["apply", "list.csv", "--yes", "--rate", "none", "--report", "small/report.csv"]).on(&panel);
    let run = apply.in_shell(&within_mounts(line)).run();
    assert_eq!((run.code, panel.changes().len()), (1, 200), "{run}");
    assert!(run.stderr.contains("No space left on device"), "{run}");
    let run = place.cprekey(["report", "last", "--report", "report.csv"]).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 200]), "{run}");
}

/// PRC-16: whoever closes standard output, or reads one line of it, ends no run.
#[test]
fn a_reader_that_goes_away_ends_no_run() {
    for line in ["{} --output json | head -1", "{} --output json >&-; true", "{} --verbose 2>&1 | head -1"] {
        let (place, panel) = ready(30);
        let run = place.apply("list.csv").on(&panel).in_shell(line).run();
        assert_eq!(panel.changes().len(), 30, "{line}: {run}");
        assert_eq!(place.report("report.csv").len(), 30, "{line}: {run}");
        let shown = place.cprekey(["runs"]).run();
        assert!(shown.stdout.contains("ended") && shown.stdout.contains("30 changed"), "{line}: {shown}");
    }
}

/// PRC-16: whoever reads nothing of the events does not hold up the run: it is done, and its journal and report are there, before it waits for them.
#[test]
fn a_reader_that_reads_nothing_holds_up_no_run() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 900, &["--no-hashing"]);
    place.list("list.csv", 900);
    let line = "{} --output json | { while [ ! -e read ]; do sleep 0.1; done; wc -l; }";
    let running = place.apply("list.csv").on(&panel).in_shell(line).start();
    eventually("all changes", || panel.changes().len() == 900);
    eventually("the report", || place.path("report.csv").exists());
    assert_eq!(running.shown(), "", "more events than a pipe holds, and nobody has read one");
    place.private("read", "");
    let run = running.wait();
    let lines: usize = run.stdout.trim().parse().unwrap();
    assert!(lines >= 900, "{run}");
}

/// PRC-16: whoever reads nothing of the events keeps neither the run nor its list from others, once it is done.
#[test]
fn a_reader_that_reads_nothing_holds_no_lock() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 900, &["--no-hashing"]);
    place.list("list.csv", 900);
    let line = "{} --output json | { while [ ! -e read ]; do sleep 0.1; done; wc -l; }";
    let running = place.apply("list.csv").on(&panel).in_shell(line).start();
    eventually("the report", || place.path("report.csv").exists());
    assert_eq!(fs::read_dir(kept(&place).join("locks")).unwrap().count(), 0, "its list is free");
    let again = place.cprekey(["resume", "last", "--output", "json"]).in_shell(line).start();
    eventually("the second report", || place.path("report.1.csv").exists());
    let run = place.cprekey(["resume", "last", "--yes"]).run();
    assert!(run.code == 0 && run.stderr.contains("nothing is left of run"), "{run}");
    place.private("read", "");
    assert_eq!((again.wait().code, running.wait().code), (0, 0));
}

/// PRC-08: where a run that is gone on with cannot be kept, what is advised is something that `resume` can be told, or `apply`.
#[test]
fn advice_about_room_is_right_for_whoever_goes_on_with_a_run() {
    let (place, panel) = ready(3);
    place.apply("list.csv").on(&panel).args(["--max-changes", "1"]).run();
    let resume = place.cprekey(["resume", "last", "--yes", "--max-changes", "3"]).on(&panel);
    let run = resume.in_shell("ulimit -f 1; exec {}").run();
    assert_eq!((run.code, panel.changes().len()), (1, 0), "{run}");
    assert!(run.stderr.contains("apply --no-journal"), "{run}");
}

/// PRC-04: where the journal has no room any more nothing more is sent; the rows that were made are told.
#[test]
fn a_journal_without_room_ends_the_run() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 400, &["--no-hashing"]);
    place.list("list.csv", 400);
    // In blocks of 512 bytes: room for the rows of the list, and for some outcomes.
    let run = place.apply("list.csv").on(&panel).in_shell("ulimit -f 72; {}").run();
    assert_eq!(run.code, 1, "{run}");
    let made = panel.changes().len();
    assert!((1..400).contains(&made), "{made}: {run}");
    assert!(journals(&place).len() == 1 && kept(&place).exists());
    let run = place.cprekey(["resume", "last", "--yes"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 400]), "{run}");
    let run = place.cprekey(["report", "last", "--report", "again.csv"]).run();
    assert_eq!((run.code, place.report("again.csv").len()), (0, 400), "{run}");
    assert_eq!(fs::metadata(&journals(&place)[0]).unwrap().permissions().mode() & 0o777, 0o600);
}
