//! What goes over the wire, and over how many connections.

use std::num::NonZeroUsize;

use futures_util::future::join_all;

use super::super::super::answer::Verdict;
use super::super::super::call::Call;
use super::super::super::panel::Panel;
use super::super::panel::HttpsPanel;
use super::super::settings::HttpsSettings;
use super::super::trust::Trust;
use super::ask::{ask, passwd_pop, secret, verdict};
use super::server::{Act, DONE, Identity, NAME, Server, TOKEN, json, settings};

#[tokio::test]
async fn it_is_what_was_promised_to_the_byte() {
    let server = Server::saying(json("200 OK", DONE));
    assert_eq!(verdict(&ask(&server.settings()).await), Some(Verdict::Done));
    let body = "email=anna%40example.com&password=p%2Bq%26r%25s%20%C3%9Cnicode";
    let expected = format!(
        "POST /execute/Email/passwd_pop HTTP/1.1\r\n\
         content-type: application/x-www-form-urlencoded\r\n\
         accept: application/json\r\n\
         authorization: cpanel shop:{TOKEN}\r\n\
         user-agent: cprekey/{}\r\n\
         host: {NAME}:{}\r\n\
         content-length: {}\r\n\r\n{body}",
        env!("CARGO_PKG_VERSION"),
        server.port,
        body.len(),
    );
    let [request] = &server.requests()[..] else { panic!("not one request") };
    let sorted = |request: &str| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let mut lines: Vec<_> = head.lines().map(str::to_owned).collect();
        lines[1..].sort();
        (lines, body.to_owned())
    };
    assert_eq!(sorted(request), sorted(&expected));
}

#[tokio::test]
async fn a_call_without_arguments_has_an_empty_body() {
    let server = Server::saying(json("200 OK", DONE));
    let panel = HttpsPanel::new(&server.settings()).unwrap();
    assert_eq!(verdict(&panel.call(&Call::uapi("Tokens", "list")).await), Some(Verdict::Done));
    let [request] = &server.requests()[..] else { panic!("not one request") };
    assert!(request.starts_with("POST /execute/Tokens/list HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("content-length: 0\r\n") && request.ends_with("\r\n\r\n"), "{request}");
}

#[tokio::test]
async fn each_request_goes_to_its_own_function() {
    let server = Server::saying(json("200 OK", DONE));
    let panel = HttpsPanel::new(&server.settings()).unwrap();
    let functions = ["passwd_pop", "passwd_pop", "list_pops", "passwd_pop"];
    for function in functions {
        assert_eq!(verdict(&panel.call(&Call::uapi("Email", function)).await), Some(Verdict::Done));
    }
    let requests = server.requests();
    let asked: Vec<_> = requests.iter().filter_map(|request| request.split(' ').nth(1)).collect();
    assert_eq!(asked, functions.map(|function| format!("/execute/Email/{function}")));
}

#[tokio::test]
async fn a_connection_is_kept_and_used_again() {
    let server = Server::saying(json("200 OK", DONE));
    let panel = HttpsPanel::new(&server.settings()).unwrap();
    for _ in 0..20 {
        assert_eq!(verdict(&panel.call(&passwd_pop(&secret())).await), Some(Verdict::Done));
    }
    assert_eq!((server.requests().len(), server.connections()), (20, 1));
}

/// Workers that begin a call the moment the last one ends are what makes a pool open too many.
#[tokio::test]
async fn there_are_never_more_connections_than_allowed() {
    let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n18\r\n{\"status\":1,\"data\":null}\r\n0\r\n\r\n";
    for response in [json("200 OK", DONE), chunked.to_owned()] {
        for allowed in [1, 3, 100] {
            let server = Server::saying(response.clone());
            let settings = HttpsSettings { connections: NonZeroUsize::new(allowed).unwrap(), ..server.settings() };
            let panel = HttpsPanel::new(&settings).unwrap();
            join_all((0..allowed).map(|_| work(&panel, 20))).await;
            assert_eq!((server.requests().len(), server.connections()), (20 * allowed, allowed));
        }
    }
}

async fn work(panel: &HttpsPanel, calls: usize) {
    let password = secret();
    let call = passwd_pop(&password);
    for _ in 0..calls {
        assert_eq!(verdict(&panel.call(&call).await), Some(Verdict::Done));
    }
}

#[tokio::test]
async fn calls_wait_for_a_connection() {
    let server = Server::saying(json("200 OK", DONE));
    let settings = HttpsSettings { connections: NonZeroUsize::new(3).unwrap(), ..server.settings() };
    let panel = HttpsPanel::new(&settings).unwrap();
    join_all((0..100).map(|_| work(&panel, 1))).await;
    assert_eq!((server.requests().len(), server.connections()), (100, 3));
}

#[tokio::test]
async fn nor_where_the_server_closes_after_each_answer() {
    let closing = json("200 OK", DONE).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    let act = Act::SayAndClose(closing);
    let server = Server::start(Identity::authority(), move |_| act.clone());
    let settings = HttpsSettings { connections: NonZeroUsize::new(4).unwrap(), ..server.settings() };
    let panel = HttpsPanel::new(&settings).unwrap();
    let password = secret();
    let call = passwd_pop(&password);
    let answers = join_all((0..40).map(|_| panel.call(&call))).await;
    assert!(answers.iter().all(|answer| verdict(answer) == Some(Verdict::Done)), "{answers:?}");
    assert_eq!((server.connections(), server.most_open()), (40, 4));
}

#[test]
fn neither_settings_nor_panel_show_the_token() {
    let settings = settings(2083, Trust::Insecure);
    let panel = HttpsPanel::new(&settings).unwrap();
    assert!(!format!("{settings:?} {panel:?}").contains(TOKEN));
}
