//! Which programs are started: those that an administrator put there, and no others.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::PathBuf;

use cprekey_tests::{Person, Place};
use serde_json::json;

use super::ground::{SHOP, ready};

/// A program that leaves a trace in the place of the run where it is started.
fn trap(place: &Place, name: &str, run: &Place) -> PathBuf {
    let path = place.path(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/sh\ntouch '{}'\n", run.path("trapped").display())).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    path
}

fn set_mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn local_drives_the_programs_and_no_namesakes() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(2);
        for name in ["uapi", "whmapi1", "cpapi2"] {
            trap(&place, name, &place);
            trap(&place, &format!("traps/{name}"), &place);
        }
        let path = format!("{}:.:{}", place.path("traps").display(), std::env::var("PATH").unwrap());
        let run = place.apply("list.csv").locally(&panel, person).env("PATH", path);
        let run = run.env("LD_PRELOAD", "/nonexistent/trap.so").env("UAPI_TRAP", "1").run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 2]), "{run}");
        assert!(!place.path("trapped").exists(), "a trap was started");
        let log = panel.command_log();
        assert!(!log.is_empty() && log.iter().all(|call| call["environment"] == json!(["PATH"])), "{log:#?}");
        assert_eq!(panel.counters().requests(), 0, "nothing went over HTTPS");
    }
}

#[test]
fn what_others_could_have_put_there_is_not_started() {
    type Spoil = fn(&Place);
    let spoils: [(&str, Spoil); 7] = [
        ("others may write to it", |place| set_mode(&place.path("there/bin/uapi"), 0o757)),
        ("others may write to it", |place| set_mode(&place.path("there/bin/uapi"), 0o775)),
        ("others may write to it", |place| set_mode(&place.path("there/bin"), 0o777)),
        ("others may write to it", |place| set_mode(&place.path("there"), 0o777)),
        ("others may write to it", lead_through_an_open_folder),
        ("it belongs to another user", |place| somebody_elses(&place.path("there/bin/uapi"))),
        ("it is not a program", |place| set_mode(&place.path("there/bin/uapi"), 0o644)),
    ];
    for (words, spoil) in spoils {
        let (place, elsewhere) = (Place::new(), Place::new());
        place.list("list.csv", 1);
        let program = trap(&elsewhere, "there/bin/uapi", &place);
        for folder in ["", "there", "there/bin"] {
            set_mode(&elsewhere.path(folder), 0o755);
        }
        let start = || {
            let bin = program.parent().unwrap().to_str().unwrap();
            place.apply("list.csv").started_by(SHOP).args(["--local", "--bin-dir", bin]).run()
        };
        let run = start();
        assert!(place.path("trapped").exists() && run.code != 0, "the trap does not work: {run}");
        fs::remove_file(place.path("trapped")).unwrap();
        spoil(&elsewhere);
        let run = start();
        assert!(run.code == 2 && run.stderr.contains(words), "{run}");
        assert!(!place.path("trapped").exists(), "it was started: {run}");
    }
}

/// Makes the program a link that leads through a folder to which anybody may write, to a place that is all right.
fn lead_through_an_open_folder(place: &Place) {
    fs::rename(place.path("there/bin/uapi"), place.path("there/apitool")).unwrap();
    fs::create_dir(place.path("open")).unwrap();
    symlink("../there/apitool", place.path("open/tool")).unwrap();
    symlink("../../open/tool", place.path("there/bin/uapi")).unwrap();
    set_mode(&place.path("open"), 0o777);
}

/// Makes a program another user's; where we may not, it is one of the system's root, who is nobody in a namespace of ours.
fn somebody_elses(path: &std::path::Path) {
    chown(path, Some(60099), None)
        .or_else(|_| {
            fs::remove_file(path)?;
            symlink("/bin/true", path)
        })
        .unwrap();
}

#[test]
fn bin_dir_says_where_they_are() {
    for person in [SHOP, Person::Root] {
        let (place, panel) = ready(1);
        let program = if person == Person::Root { "whmapi1" } else { "uapi" };
        let plan =
            |bin: &str| place.cprekey(["plan", "list.csv", "--local", "--bin-dir", bin]).started_by(person).run();
        let run = plan(panel.bin_dir());
        assert_eq!(run.code, 0, "{run}");
        for (bin, words) in
            [("/nonexistent", &*format!("/nonexistent/{program}")), ("bin", "bin is not an absolute path")]
        {
            let run = plan(bin);
            assert!(run.code == 2 && run.stderr.contains(words) && run.stderr.contains("--bin-dir"), "{run}");
        }
        let run = place.cprekey(["plan", "list.csv", "--bin-dir", "/nonexistent"]).run();
        assert!(run.code == 2 && run.stderr.contains("--local"), "{run}");
    }
}

#[test]
fn elsewhere_than_on_a_server_it_says_so() {
    let (place, _panel) = ready(1);
    for (person, program) in [(SHOP, "uapi"), (Person::Root, "whmapi1")] {
        let run = place.apply("list.csv").started_by(person).args(["--local"]).run();
        assert!(run.code == 2 && run.stderr.contains(&format!("/usr/local/cpanel/bin/{program}")), "{run}");
        assert!(run.stderr.contains("--local is for the cPanel server itself"), "{run}");
    }
}
