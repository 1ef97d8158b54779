//! What each way of breaking is taken for.

use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::super::super::fault::Fault;
use super::super::super::panel::Panel;
use super::super::panel::HttpsPanel;
use super::super::settings::HttpsSettings;
use super::super::trust::Trust;
use super::ask::{PASSWORD, ask, ask_one_that, passwd_pop, secret};
use super::server::{Act, DONE, Identity, Server, TOKEN, json, settings};

#[tokio::test]
async fn a_connection_that_closes_without_a_whole_answer_is_lost() {
    let whole = json("200 OK", DONE);
    for cut in [0, 5, 30, whole.len() - 1] {
        let (answer, requests) = ask_one_that(Act::SayAndClose(whole[..cut].to_owned())).await;
        assert!(matches!(answer, Err(Fault::Lost { .. })), "{cut}: {answer:?}");
        assert_eq!(requests, 1);
    }
}

/// NET-03.
#[tokio::test]
async fn a_server_that_stalls_is_too_late() {
    let whole = json("200 OK", DONE);
    for cut in [0, 30, whole.len() - 1] {
        let act = Act::SayAndStall(whole[..cut].to_owned());
        let server = Server::start(Identity::authority(), move |_| act.clone());
        let settings = HttpsSettings { timeout: Duration::from_millis(150), ..server.settings() };
        let answer = ask(&settings).await;
        assert!(matches!(answer, Err(Fault::Timeout { .. })), "{cut}: {answer:?}");
        assert!(answer.is_err_and(|fault| fault.may_have_acted()));
    }
}

/// NET-02.
#[tokio::test]
async fn a_server_that_takes_no_connection_was_not_reached() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let silent = settings(port, Trust::Insecure);
    for (connect_timeout, timeout) in [(100, 5000), (5000, 100)] {
        let settings = HttpsSettings {
            connect_timeout: Duration::from_millis(connect_timeout),
            timeout: Duration::from_millis(timeout),
            ..silent.clone()
        };
        let answer = ask(&settings).await;
        assert!(
            matches!(&answer, Err(Fault::Unreachable { detail }) if detail.contains("no connection")),
            "{answer:?}"
        );
    }
}

/// NET-02: a server whose line of waiting connections is full drops the first packet of every further one, as a firewall does.
#[tokio::test]
async fn a_connection_whose_first_packet_is_dropped_is_given_up() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let waiting: Vec<_> = (0..8).map(|_| tokio::spawn(TcpStream::connect(address))).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let settings =
        HttpsSettings { connect_timeout: Duration::from_millis(150), ..settings(address.port(), Trust::Insecure) };
    let answer = ask(&settings).await;
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
    assert!(matches!(&answer, Err(Fault::Unreachable { detail }) if detail.contains("no connection")), "{answer:?}");
}

/// NET-01.
#[tokio::test]
async fn nobody_there_is_not_reached() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let answer = ask(&settings(port, Trust::Insecure)).await;
    assert!(matches!(&answer, Err(Fault::Unreachable { detail }) if detail.contains("refused")), "{answer:?}");
}

#[tokio::test]
async fn a_server_without_tls_is_not_reached() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let answering = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let page = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        tokio::io::AsyncWriteExt::write_all(&mut stream, page).await.unwrap();
        std::future::pending::<()>().await;
    });
    let answer = ask(&settings(port, Trust::Insecure)).await;
    answering.abort();
    assert!(matches!(&answer, Err(Fault::Unreachable { detail }) if detail.contains("not speak TLS")), "{answer:?}");
}

/// NET-24.
#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let whole = json("200 OK", DONE);
    let server = Server::start(Identity::authority(), move |_| Act::SayAndClose(whole.clone()));
    let panel = HttpsPanel::new(&server.settings()).unwrap();
    for _ in 0..5 {
        let answer = panel.call(&passwd_pop(&secret())).await;
        // Whether the close was seen in time is the network's business; that nothing is sent twice is ours.
        assert!(matches!(answer, Ok(_) | Err(Fault::Lost { .. })), "{answer:?}");
    }
    assert!(server.requests().len() <= 5);
}

#[tokio::test]
async fn no_fault_shows_a_secret_or_a_url() {
    for act in [
        Act::SayAndClose(String::new()),
        Act::SayAndClose("?\r\n\r\n".to_owned()),
        Act::Say(json("403 Forbidden", TOKEN)),
        Act::Say(json("200 OK", PASSWORD)),
    ] {
        let fault = ask_one_that(act).await.0.unwrap_err();
        let shown = format!("{fault} {fault:?}");
        for hidden in [TOKEN, "p+q", "p%2Bq", "https://", "/execute"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
}
