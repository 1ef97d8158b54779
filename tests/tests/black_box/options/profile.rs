//! Profiles: options that stand in a file.

use std::fs;

use cprekey_tests::{Panel, Place};

fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.list("list.csv", 2);
    place.private("token", panel.token("shop"));
    (place, panel)
}

fn write(place: &Place, text: &str) {
    fs::create_dir_all(place.path("home/.config_home/cprekey")).unwrap();
    fs::write(place.path("home/.config_home/cprekey/config.toml"), text).unwrap();
}

fn with_panel(place: &Place, panel: &Panel, more: &str) {
    let (host, ca_file) = (panel.host(), panel.ca_file());
    write(
        place,
        &format!("[work]\nhost = '{host}'\nuser = 'shop'\ncacert = '{ca_file}'\ntoken-file = 'token'\n{more}"),
    );
}

#[test]
fn a_profile_stands_in_for_flags() {
    let (place, panel) = ready();
    with_panel(
        &place,
        &panel,
        "report = ['a.csv', 'b.ndjson']\nyes = true\nlimit = 1\ninclude = ['*@example.com']\nquiet = false\n",
    );
    let run = place.cprekey(["apply", "list.csv", "--profile", "work"]).run();
    assert_eq!((run.code, panel.changes().len()), (0, 1), "{run}");
    assert_eq!((place.report("a.csv").len(), place.report("b.ndjson").len()), (2, 2));
    // Other commands pass over what they do not have.
    for command in ["check", "plan"] {
        let run = place.cprekey([command, "list.csv", "--profile", "work"]).run();
        assert_eq!(run.code, 0, "{run}");
    }
}

#[test]
fn a_flag_wins_over_a_profile() {
    let (place, panel) = ready();
    with_panel(&place, &panel, "yes = true\nlimit = 1\nreport = ['of-profile.csv']\n");
    let run = place.apply("list.csv").args(["--profile", "work", "--limit", "2"]).run();
    assert_eq!((run.code, panel.changes().len()), (0, 2), "{run}");
    assert!(!place.path("of-profile.csv").exists());
}

#[test]
fn a_profile_that_is_not_right_is_named() {
    let (place, _panel) = ready();
    let run = || place.cprekey(["check", "list.csv", "--profile", "work"]).run();
    let refused = |words: &[&str]| {
        let run = run();
        assert!(run.code == 2 && words.iter().all(|word| run.stderr.contains(word)), "{words:?}: {run}");
    };
    refused(&["config.toml", "[work]"]);
    place.secret("S3cret-Value");
    place.may_hold_secrets("home/.config_home/cprekey/config.toml");
    for (text, words) in [
        ("[home]\n", ["no profile work", "profiles there: home"]),
        ("[work]\ntoken = 'S3cret-Value'\n", ["no option token", "long flags"]),
        ("[work]\nlimit = {}\n", ["limit", "wrong type"]),
        ("[work]\nallow-numeric = 'S3cret-Value'\n", ["wrong type", "write allow-numeric = true"]),
        ("[work]\nlimit = 1\nS3cret-Value\n", ["config.toml:3", "not TOML"]),
        ("[work]\nlimit = 'many'\n", ["many", "--limit"]),
    ] {
        write(&place, text);
        refused(&words);
    }
}
