//! What a person at a terminal sees: the prompt, the question, the progress, the end.

use serde_json::json;

use crate::detectors::screen;
use crate::ground::Ground;
use crate::terminal::Terminal;
use crate::trace::Trace;
use crate::watch::{assert_clean, search_left, search_trace, watching};

/// SEC-25: neither the token that is typed nor a password is ever on the screen, or above it.
#[test]
fn nothing_is_on_the_screen() {
    let ground = Ground::new();
    ground.panel.behaviour(&json!({"latency_ms": 60}));
    ground.list();
    let (line, folder) = watching();
    let (terminal, line) = Terminal::with(&ground.place, &line);
    let arguments = ["apply", "list.csv", "--skip-invalid", "--verbose", "--jobs", "1", "--rate", "none"];
    let apply = ground.place.cprekey(arguments).on(&ground.panel).without_token();
    let opened = apply.watched(&line).start().end();
    assert_eq!(opened.code, 0, "{opened}");
    let mut found = ground.search();
    let mut look = |terminal: &Terminal| screen::search(terminal, "", &mut found);
    terminal.wait_to_see("API token of shop on localhost:", &mut look);
    terminal.type_in(ground.panel.token("shop"));
    look(&terminal);
    terminal.type_in("\n");
    terminal.wait_to_see("[y/N]", &mut look);
    terminal.type_in("y\n");
    terminal.wait_to_see("/s ", &mut look);
    let code = terminal.wait(&mut look);
    look(&terminal);
    assert_eq!(code, "3", "{}", terminal.shown(&[]));
    search_trace(&Trace::read(folder.path()), &ground.panel, &ground.allowed(&[]), &mut found);
    search_left(&ground.place, &ground.panel, &mut found);
    assert_clean(&found);
}
