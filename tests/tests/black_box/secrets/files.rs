//! The files of a run are for their owner, whatever stood in their place and whatever is usual.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use cprekey_tests::{Panel, Place};
use serde_json::json;

/// A place with a list, and a panel that refuses its first row.
fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    place.list("list.csv", 2);
    panel.switch(
        &json!({"match": {"function": "Email::passwd_pop", "count": 1}, "answer": "refuse", "text": "it is too weak"}),
    );
    (place, panel)
}

/// SEC-16: what holds passwords, and the log, can be read by their owner alone, even where every new file could be by all.
#[test]
fn what_is_private_is_so_under_any_umask() {
    let (place, panel) = ready();
    let apply = place.apply("list.csv").on(&panel).args(["--failed", "failed.csv", "--log", "log", "--jobs", "1"]);
    let run = apply.in_shell("umask 000; {}").run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused", "changed"]), "{run}");
    assert_eq!((place.mode("failed.csv"), place.mode("log")), (0o600, 0o600));
    assert!(place.read("failed.csv").contains("Tide&Orchard#1"));
}

/// SEC-16: a file of all that stood in the place keeps its mode and content under another name, and gets no password.
#[test]
fn an_open_file_in_the_place_of_the_failed_list_gets_no_password() {
    let (place, panel) = ready();
    fs::write(place.path("failed.csv"), "earlier").unwrap();
    fs::set_permissions(place.path("failed.csv"), fs::Permissions::from_mode(0o666)).unwrap();
    let run = place.apply("list.csv").on(&panel).args(["--failed", "failed.csv", "--jobs", "1"]).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!((place.mode("failed.csv"), place.read("failed.1.csv")), (0o600, "earlier".to_owned()));
}

/// SEC-16: a link in the place of a report or of the failed list is not followed.
#[test]
fn a_link_in_the_place_of_a_file_leads_nowhere() {
    let (place, panel) = ready();
    for name in ["failed.csv", "report.csv"] {
        fs::write(place.path(&format!("victim-{name}")), "precious").unwrap();
        symlink(place.path(&format!("victim-{name}")), place.path(name)).unwrap();
    }
    let run = place.apply("list.csv").on(&panel).args(["--failed", "failed.csv", "--jobs", "1"]).run();
    assert_eq!(run.code, 3, "{run}");
    for name in ["failed.csv", "report.csv"] {
        assert_eq!(place.read(&format!("victim-{name}")), "precious");
        assert!(!place.path(name).is_symlink());
    }
    assert_eq!(place.mode("failed.csv"), 0o600);
}
