//! SEC-18, NET-14: redirects are not followed, wherever they lead.

use std::net::TcpListener;

use cprekey_tests::{Panel, Place};
use serde_json::json;

const CHANGE: &str = "Email::passwd_pop";

/// Where a redirect may lead, with the port that listens there in the place of `PORT`.
const TARGETS: [(&str, &str); 4] = [
    ("another host", "https://127.0.0.2:PORT/execute/Email/passwd_pop"),
    ("another port", "https://localhost:PORT/execute/Email/passwd_pop"),
    ("without encryption", "http://localhost:PORT/execute/Email/passwd_pop"),
    ("another page", "/login?goto=/execute/Email/passwd_pop"),
];

/// A listener that nobody is to come to.
fn listen(address: &str) -> TcpListener {
    let listener = TcpListener::bind(address).unwrap();
    listener.set_nonblocking(true).unwrap();
    listener
}

/// SEC-18, NET-14: five statuses to four kinds of target, in answer to the first question and to a change: one request, and no second connection.
#[test]
fn no_redirect_leads_anywhere() {
    for (kind, location) in TARGETS {
        for status in [301, 302, 303, 307, 308] {
            for function in [CHANGE, "Variables::get_user_information"] {
                let place = Place::new();
                let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
                place.list("list.csv", 2);
                let near = listen("127.0.0.1:0");
                let port = near.local_addr().unwrap().port();
                let far = listen(&format!("127.0.0.2:{port}"));
                let location = location.replace("PORT", &port.to_string());
                let rule = json!({
                    "match": {"function": function}, "answer": "redirect", "status": status, "location": location
                });
                panel.switch(&rule);
                let run = place.apply("list.csv").on(&panel).args(["--jobs", "1"]).run();
                assert_eq!((run.code, run.outcomes()), (4, vec!["not-tried"; 2]), "{status} to {kind}: {run}");
                let counters = panel.counters();
                let before = if function == CHANGE { 3 } else { 0 };
                assert_eq!((counters.calls(function), counters.requests()), (1, before + 1), "{status} to {kind}");
                for listener in [&near, &far] {
                    assert!(listener.accept().is_err(), "somebody came to {location}, by {status}");
                }
                assert!(!panel.verify("user1@example.com", "Tide&Orchard#1"));
            }
        }
    }
}
