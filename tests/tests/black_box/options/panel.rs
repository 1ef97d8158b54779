//! Options of which panel, and how it is trusted.

use std::net::TcpListener;

use cprekey_tests::{Panel, Place};
use serde_json::json;

fn ready(arguments: &[&str]) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, arguments);
    place.list("list.csv", 2);
    place.private("token", panel.token("shop"));
    (place, panel)
}

#[test]
fn host_has_the_usual_port() {
    let (place, _panel) = ready(&[]);
    // Nobody listens at that address, which is loopback all the same.
    let elsewhere = ["--resolve", "panel.example.com:2083:127.98.76.54", "--retries", "0"];
    let panel = ["--host", "panel.example.com", "--user", "shop", "--token-file", "token"];
    let run = place.cprekey(["plan", "list.csv"]).args(panel).args(elsewhere).run();
    assert!(run.code == 1 && run.stderr.contains("panel.example.com:2083"), "{run}");
    let run = place.cprekey(["plan", "list.csv", "--user", "shop"]).run();
    assert!(run.code == 2 && run.stderr.contains("--host is missing"), "{run}");
    let run = place.cprekey(["plan", "list.csv", "--user", "shop", "--host", "https://panel.example.com/x"]).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn user_says_whose_token_it_is() {
    let place = Place::new();
    let account = |name, domain| {
        format!(
            "[[account]]\nname = '{name}'\ndomain = '{domain}'\nmailboxes = [{{ address = 'anna@{domain}', password = 'x' }}]\n"
        )
    };
    let panel = Panel::start(&place, &[account("shop", "example.com"), account("studio", "example.net")].concat());
    place.csv("list.csv", [("anna@example.net", "Tide&Orchard#7")]);
    let run = place.apply("list.csv").on(&panel).user("studio").run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{run}");
    let run = place.apply("list.csv").on(&panel).user("shop").run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["refused"]), "{run}");
    let run = place.apply("list.csv").on(&panel).user("shop").token(panel.token("studio")).run();
    assert_eq!(run.code, 4, "{run}");
    let run = place.cprekey(["plan", "list.csv", "--host", "localhost"]).run();
    assert!(run.code == 2 && run.stderr.contains("--user is missing"), "{run}");
}

#[test]
fn cacert_takes_the_place_of_the_systems() {
    let (place, panel) = ready(&[]);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    let other = Panel::with_mailboxes(&place, 1);
    let run = place.apply("list.csv").on(&panel).without_trust().args(["--cacert", other.ca_file()]).run();
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried", "not-tried"]), "{run}");
    place.private("none.pem", "no certificate\n");
    for file in ["none.pem", "missing.pem"] {
        let run = place.apply("list.csv").on(&panel).without_trust().args(["--cacert", file]).run();
        assert!(run.code == 2 && run.stderr.contains(file), "{run}");
    }
}

#[test]
fn pin_trusts_one_key_and_no_other() {
    let (place, panel) = ready(&[]);
    let other = Panel::with_mailboxes(&place, 1);
    let run = place.apply("list.csv").on(&panel).without_trust().args(["--pin", panel.pin()]).run();
    assert_eq!(run.code, 0, "{run}");
    panel.reset_counters();
    // With the right authority beside it: the pin takes the place of every other check.
    let run = place.apply("list.csv").on(&panel).args(["--pin", other.pin()]).run();
    assert_eq!((run.code, panel.counters().requests()), (1, 0), "{run}");
    assert!(run.stderr.contains("not the pinned one") && run.stderr.contains(panel.pin()), "{run}");
    let run = place.apply("list.csv").on(&panel).args(["--pin", "sha256//nonsense"]).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn resolve_leads_a_name_elsewhere() {
    let (place, panel) = ready(&["--name", "panel.example.com"]);
    let port = panel.host().replace("localhost:", "");
    let (host, there) = (format!("panel.example.com:{port}"), format!("panel.example.com:{port}:127.0.0.1"));
    let options = ["--user", "shop", "--token-file", "token", "--cacert", panel.ca_file(), "--host", &host];
    let run = place.apply("list.csv").args(options).args(["--resolve", &there]).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{run}");
    let run = place.apply("list.csv").args(options).args(["--resolve", "panel.example.com:2083"]).run();
    assert!(run.code == 2 && run.stderr.contains("HOST:PORT:ADDR"), "{run}");
}

#[test]
fn insecure_is_warned_about_and_noted() {
    let (place, panel) = ready(&["--certificate", "expired"]);
    for options in [&["--report", "report.xlsx"][..], &["--quiet"]] {
        let run = place.apply("list.csv").on(&panel).without_trust().args(["--insecure"]).args(options).run();
        assert!(run.code == 0 && run.stderr.contains("warning: --insecure"), "{run}");
        assert!(run.report().iter().all(|row| row.detail.contains("without a certificate check")), "{run}");
    }
    assert!(place.report("report.xlsx").iter().all(|row| row.detail.contains("without a certificate check")));
    let plan = place.cprekey(["plan", "list.csv", "--insecure"]).on(&panel).without_trust().run();
    assert!(plan.code == 0 && plan.stderr.contains("warning: --insecure"), "{plan}");
    let run = place.apply("list.csv").on(&panel).without_trust().args(["--insecure", "--pin", panel.pin()]).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn connect_timeout_ends_the_wait_for_a_connection() {
    let (place, _panel) = ready(&[]);
    // The system takes the connection, and nobody ever answers on it.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = silent.local_addr().unwrap().to_string();
    let options = ["--user", "shop", "--token-file", "token", "--retries", "0", "--host", &host, "--timeout", "86400"];
    let run = place.apply("list.csv").args(options).args(["--connect-timeout", "0.2"]).run();
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried", "not-tried"]), "{run}");
    let run = place.apply("list.csv").args(options).args(["--connect-timeout", "0"]).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn timeout_ends_the_wait_for_an_answer() {
    let (place, panel) = ready(&[]);
    panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": "stall"}));
    let options = ["--timeout", "0.3", "--retries", "0", "--verify", "none"];
    let run = place.apply("list.csv").args(options).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (7, vec!["unknown", "unknown"]), "{run}");
    assert_eq!((&*run.report()[0].reason, &*run.report()[0].detail), ("timeout", "no answer within 0.3 s"), "{run}");
}

#[test]
fn no_variable_leads_the_requests_elsewhere() {
    let (place, panel) = ready(&[]);
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut run = place.apply("list.csv").on(&panel);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] {
        run = run.env(name, &address);
    }
    let run = run.env("SSLKEYLOGFILE", "keys.log").env("RUST_LOG", "trace").run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{run}");
    assert!(proxy.accept().is_err(), "somebody came to the proxy");
    assert!(!place.path("keys.log").exists(), "whoever has these keys can read every password");
}
