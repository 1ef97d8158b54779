//! A terminal that does what it is told, as tmux is one: what it shows in the end, its title, its clipboard, and what it keeps.

use std::process::{Command, Output};

use cprekey_tests::{Invocation, Panel, Place, eventually, payloads};
use serde_json::json;

use super::{PASSWORD, in_json};

/// What is typed into tmux before: whatever a program may do there is allowed.
const SETTINGS: &str =
    "set -g set-clipboard on\nset -g allow-rename on\nset -g allow-passthrough on\nset -g history-limit 50000\n";

/// The title that stands there before.
const TITLE: &str = "what stood there before";

/// A terminal in tmux in which a program runs; it ends when this is dropped.
struct Multiplexer<'a> {
    place: &'a Place,
}

impl<'a> Multiplexer<'a> {
    /// Starts the program there; in the end the screen says `ENDED`.
    fn start(place: &'a Place, invocation: Invocation<'a>, line: &str) -> Self {
        place.private("tmux.conf", SETTINGS);
        let within =
            format!("printf '\\033]2;{TITLE}\\033\\\\'; {line}; echo ENDED; stty -a | grep -o ' -*echo '; read rest");
        let line = format!("tmux -S tmux.socket -f tmux.conf new-session -d -x 170 -y 60 \"{within}\"");
        let run = invocation.in_shell(&line).run();
        assert_eq!(run.code, 0, "{run}");
        Self { place }
    }

    fn tell(&self, words: &[&str]) -> Output {
        Command::new("tmux").arg("-S").arg(self.place.path("tmux.socket")).args(words).output().unwrap()
    }

    fn answer(&self, words: &[&str]) -> String {
        String::from_utf8(self.tell(words).stdout).unwrap()
    }

    /// All that the screen shows, with what has left it at its upper end.
    fn shown(&self) -> String {
        self.answer(&["capture-pane", "-p", "-J", "-S", "-"])
    }

    fn wait_to_see(&self, words: &str) {
        eventually(words, || self.shown().contains(words));
    }

    /// The title, whether it is the other screen, whether the cursor is there, and whether the mouse is caught.
    fn state(&self) -> String {
        self.answer(&[
            "display-message",
            "-p",
            "#{pane_title}|#{alternate_on}|#{cursor_flag}|#{mouse_any_flag}|#{window_name}",
        ])
    }

    fn clipboard(&self) -> String {
        self.answer(&["show-buffer"])
    }
}

impl Drop for Multiplexer<'_> {
    fn drop(&mut self) {
        self.tell(&["kill-server"]);
    }
}

/// NET-26, by what it comes to: a title, a clipboard and a screen as they were, and the sequences there to be read.
#[test]
fn a_terminal_that_obeys_is_told_nothing() {
    let place = Place::new();
    let rows = in_json();
    let panel = Panel::with_mailboxes_and(&place, rows.len(), &["--no-hashing"]);
    let list = (1..=rows.len()).map(|number| (format!("user{number}@example.com"), format!("{PASSWORD}{number}")));
    place.csv("list.csv", list);
    let rule = |(number, (_, text)): (usize, _)| {
        let address = format!("user{number}@example.com");
        json!({"match": {"function": "Email::passwd_pop", "address": address}, "answer": "refuse", "text": text})
    };
    panel.switch(&(1..).zip(rows).map(rule).collect());
    let apply = place.cprekey(["apply", "list.csv", "--yes", "--rate", "none", "--keep-going", "--verbose"]).on(&panel);
    let terminal = Multiplexer::start(&place, apply, "{}");
    terminal.wait_to_see("ENDED");
    let (state, shown) = (terminal.state(), terminal.shown());
    assert!(state.starts_with(&format!("{TITLE}|0|1|0|")) && !state.contains("OWNED"), "{state}");
    assert_eq!(terminal.clipboard(), "");
    for words in
        [r"\u{1b}]0;OWNED\u{7}", r"\u{1b}]52;c;T1dORUQ=\u{7}", r"\u{1b}[?1049h", "refused changed", r"refused\u{8}"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

/// The same terminal, told everything: this is what the test above would find.
#[test]
fn a_terminal_that_obeys_would_show_it() {
    let place = Place::new();
    let wanted = ["window title by ST", "clipboard", "alternate screen"];
    let raw: Vec<u8> = payloads()
        .into_iter()
        .filter(|payload| wanted.contains(&&*payload.name))
        .flat_map(|payload| payload.bytes)
        .collect();
    place.private("raw", raw);
    let terminal = Multiplexer::start(&place, place.cprekey(["--version"]), "cat raw; {}");
    eventually("the other screen", || terminal.state().starts_with("OWNED|1|0|"));
    eventually("the clipboard", || terminal.clipboard() == "OWNED");
}

/// SEC-25: a token that is typed stands nowhere on the screen, nor in what has left it, and the terminal shows what is typed again.
#[test]
fn a_typed_token_is_not_on_the_screen() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    let apply = place.cprekey(["apply", "list.csv", "--yes"]).on(&panel).without_token();
    let terminal = Multiplexer::start(&place, apply, "{}");
    terminal.wait_to_see("API token of shop on localhost");
    terminal.tell(&["send-keys", "-l", panel.token("shop")]);
    terminal.tell(&["send-keys", "Enter"]);
    terminal.wait_to_see("ENDED");
    eventually("the terminal's settings", || terminal.shown().contains("\n echo"));
    let shown = terminal.shown();
    assert!(shown.contains("1 changed"), "{shown}");
    place.assert_no_leak(&[("the screen", shown.as_bytes())]);
}
