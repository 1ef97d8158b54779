//! The ways to give a token, none of which is an argument.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use cprekey_tests::{Panel, Place};

fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.list("list.csv", 1);
    place.private("token", panel.token("shop"));
    (place, panel)
}

#[test]
fn token_file_is_for_its_owner_alone() {
    let (place, panel) = ready();
    let run = |file| place.apply("list.csv").on(&panel).without_token().args(["--token-file", file]).run();
    assert_eq!(run("token").code, 0);
    fs::set_permissions(place.path("token"), fs::Permissions::from_mode(0o644)).unwrap();
    panel.reset_counters();
    let refused = run("token");
    assert!(refused.code == 2 && refused.stderr.contains("run: chmod 600 token"), "{refused}");
    for (file, content) in [("empty", ""), ("words", "two words and more\n"), ("missing", "")] {
        place.private(file, content);
        let refused = run(file);
        assert!(
            refused.code == 2 && refused.stderr.contains(file) && !refused.stderr.contains("two words"),
            "{refused}"
        );
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn token_file_may_be_a_pipe() {
    let (place, panel) = ready();
    let run = place.apply("list.csv").on(&panel).without_token().args(["--token-file", "/dev/stdin"]);
    let run = run.in_shell("cat token | {}").run();
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn token_command_prints_it() {
    let (place, panel) = ready();
    let run = |command| place.apply("list.csv").on(&panel).without_token().args(["--token-command", command]).run();
    assert_eq!(run("cat token").code, 0);
    for command in ["cat token; exit 3", "true", "./no-such-program"] {
        let refused = run(command);
        assert!(refused.code == 2 && refused.stderr.contains("the token command"), "{refused}");
    }
    let both = place.apply("list.csv").on(&panel).args(["--token-command", "cat token"]).run();
    assert_eq!(both.code, 2, "a file and a command: {both}");
}

#[test]
fn the_variable_holds_it_where_nothing_else_is_said() {
    let (place, panel) = ready();
    let run = place.apply("list.csv").on(&panel).without_token().env("CPREKEY_TOKEN", panel.token("shop")).run();
    assert_eq!(run.code, 0, "{run}");
    let run = place.apply("list.csv").on(&panel).env("CPREKEY_TOKEN", "NOT-THE-TOKEN").run();
    assert_eq!(run.code, 0, "the file wins: {run}");
    let run = place.apply("list.csv").on(&panel).without_token().env("CPREKEY_TOKEN", "").run();
    assert!(run.code == 2 && run.stderr.contains("CPREKEY_TOKEN holds no token"), "{run}");
}

#[test]
fn without_a_token_and_a_terminal_it_says_how_to_give_one() {
    let (place, panel) = ready();
    let run = place.apply("list.csv").on(&panel).without_token().run();
    assert_eq!(run.code, 2, "{run}");
    for way in ["--token-file", "--token-command", "CPREKEY_TOKEN"] {
        assert!(run.stderr.contains(way), "{run}");
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn an_argument_is_no_place_for_a_secret_and_is_not_repeated() {
    let (place, panel) = ready();
    let secret = panel.token("shop");
    for option in ["--token", "--password", "--pass", "--api-token", "-p"] {
        for arguments in [vec![option.to_owned(), secret.to_owned()], vec![format!("{option}={secret}")]] {
            let run = place.apply("list.csv").on(&panel).args(arguments).run();
            assert_eq!(run.code, 2, "{run}");
        }
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}
