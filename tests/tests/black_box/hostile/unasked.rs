//! An answer that nobody asked for is nobody's.

use cprekey_tests::{Aim, Ending, Forger, Forgery, Panel, Piece, Place};
use serde_json::json;

use super::recipe::YES;

const CHANGE: Aim = Aim { path: "/execute/Email/passwd_pop", within: &["user1%40example.com"] };

/// NET-29: two answers come to the first row's change; the second of them is not taken for the answer to the next row's, which is a no.
#[test]
fn a_second_answer_is_not_the_next_rows() {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{YES}", YES.len());
    let twice = Forgery { pieces: vec![Piece::Text(answer.repeat(2))], ending: Ending::Keep, applied: true };
    let bench = Place::new();
    let panel = Panel::with_mailboxes_and(&bench, 2, &["--no-hashing"]);
    let forger = Forger::start(&bench, &panel, CHANGE, twice);
    let no = json!({"function": "Email::passwd_pop", "address": "user2@example.com"});
    panel.switch(&json!({"match": no, "answer": "refuse", "text": "No."}));
    for _ in 0..20 {
        let place = Place::new();
        place.list("list.csv", 2);
        let options = ["--jobs", "1", "--retries", "0", "--verify", "none"];
        let run = place.apply("list.csv").on(&panel).args(options).args(forger.options()).run();
        let [first, next] = run.outcomes()[..] else { panic!("{run}") };
        assert_eq!(first, "changed", "{run}");
        // That the connection is of no use any more may be noticed when the request is under way.
        assert!(next == "refused" || next == "unknown", "{run}");
    }
}
