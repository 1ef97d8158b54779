//! Tokens, wherever they come from.

use crate::ground::Ground;

/// SEC-01, SEC-04: from a variable, which what we start does not get.
#[test]
fn a_token_from_a_variable() {
    let ground = Ground::new();
    let apply = ground.apply().on(&ground.panel).without_token();
    let (run, _) = ground.scan_with(apply.env("CPREKEY_TOKEN", ground.panel.token("shop")), &["CPREKEY_TOKEN"]);
    assert_eq!(run.code, 3, "{run}");
}

/// SEC-01, SEC-03: from a command, while another token lies in a variable.
#[test]
fn a_token_from_a_command() {
    let ground = Ground::new();
    ground.place.private("token.txt", ground.panel.token("shop"));
    ground.place.secret("The-Token-In-The-Variable-0123456789");
    let apply = ground.apply().on(&ground.panel).without_token().args(["--token-command", "cat token.txt"]);
    let apply = apply.env("CPREKEY_TOKEN", "The-Token-In-The-Variable-0123456789");
    let (run, _) = ground.scan_with(apply, &["CPREKEY_TOKEN"]);
    assert_eq!(run.code, 3, "{run}");
}

/// SEC-01: where it is not a token but something else by mistake.
#[test]
fn tokens_that_are_none() {
    for wrong in ["Two-Lines-Of-0123456789\nOf-A-Token", "Wörd-Wörd-0123456789", "\u{1b}[31mRed-0123456789ABCDEF"] {
        let ground = Ground::new();
        ground.place.secrets(wrong.lines());
        let run = ground.scan(ground.apply().on(&ground.panel).token(wrong));
        assert!([2, 4].contains(&run.code), "{run}");
    }
}
