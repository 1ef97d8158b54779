//! What each kind of response is taken for.

use std::time::Duration;

use super::super::super::answer::Verdict;
use super::super::super::call::Call;
use super::super::super::fault::Fault;
use super::super::super::panel::Panel;
use super::super::panel::HttpsPanel;
use super::ask::{ask_one_that, passwd_pop, secret, verdict};
use super::server::{Act, DONE, NAME, Server, TOKEN, json};

/// SEC-18.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::saying(json("200 OK", DONE));
    for status in [301, 302, 303, 307, 308] {
        let head = format!("HTTP/1.1 {status} Moved\r\nContent-Length: 0\r\n");
        let act = Act::Say(format!("{head}Location: https://{NAME}:{}/login\r\n\r\n", elsewhere.port));
        let (answer, requests) = ask_one_that(act).await;
        let Err(Fault::Denied { detail }) = &answer else { panic!("{answer:?}") };
        assert!(detail.contains("login page") && !detail.contains(NAME), "{detail}");
        assert_eq!(requests, 1);
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_token_that_the_panel_repeats_is_taken_out_of_its_words() {
    let body = format!(r#"{{"status":0,"errors":["no rights for {TOKEN}"],"data":null}}"#);
    let (answer, _) = ask_one_that(Act::Say(json("200 OK", &body))).await;
    let words = answer.unwrap().errors.join("");
    assert!(words.starts_with("no rights for ") && !words.contains(TOKEN), "{words}");
}

#[tokio::test]
async fn a_busy_panel_is_asked_once_and_its_wait_is_kept() {
    let act = Act::Say("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n".to_owned());
    let (answer, requests) = ask_one_that(act).await;
    let Err(Fault::Busy { status: 503, retry_after: Some(wait) }) = answer else { panic!("{answer:?}") };
    assert_eq!((wait, requests), (Duration::from_secs(7), 1));
}

/// NET-08.
#[tokio::test]
async fn it_may_not_be_larger_than_the_call_allows() {
    let body = format!(r#"{{"status":1,"data":"{}"}}"#, "x".repeat(5000));
    let announced = json("200 OK", &body);
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for response in [announced, chunked] {
        let server = Server::saying(response);
        let panel = HttpsPanel::new(&server.settings()).unwrap();
        let password = secret();
        let just_enough = passwd_pop(&password).answer_limit(body.len());
        assert_eq!(verdict(&panel.call(&just_enough).await), Some(Verdict::Done));
        let too_little = passwd_pop(&password).answer_limit(body.len() - 1);
        let answer = panel.call(&too_little).await;
        assert!(matches!(&answer, Err(Fault::Unusable { detail }) if detail.contains("larger than")), "{answer:?}");
    }
}

#[tokio::test]
async fn an_endless_body_of_a_refusal_still_is_a_refusal() {
    let body = "x".repeat(Call::ANSWER_LIMIT + 1);
    let (answer, _) = ask_one_that(Act::Say(json("403 Forbidden", &body))).await;
    assert!(matches!(answer, Err(Fault::Denied { .. })), "{answer:?}");
}

/// NET-09.
#[tokio::test]
async fn it_is_not_unpacked() {
    let act = Act::Say(json("200 OK", "\u{1f}\u{8b}").replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n"));
    assert!(matches!(ask_one_that(act).await.0, Err(Fault::Unusable { .. })));
}

/// NET-09, POL-01: what may be a login page is not asked for again.
#[tokio::test]
async fn a_packed_page_is_a_refused_credential() {
    for packing in ["Content-Encoding: gzip", "Content-Encoding: br"] {
        let headers = format!("\r\nContent-Type: text/html; charset=utf-8\r\n{packing}\r\n\r\n");
        let page = json("200 OK", "\u{1f}\u{8b}").replace("\r\nContent-Type: application/json", "");
        let (answer, requests) = ask_one_that(Act::Say(page.replace("\r\n\r\n", &headers))).await;
        let Err(Fault::Denied { detail }) = &answer else { panic!("{answer:?}") };
        assert!(detail.contains("packed page") && requests == 1, "{detail}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_unusable() {
    for text in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 ??? OK\r\n\r\n"] {
        let (answer, _) = ask_one_that(Act::SayAndClose(text.to_owned())).await;
        assert!(matches!(&answer, Err(Fault::Unusable { detail }) if detail.contains("not HTTP")), "{answer:?}");
    }
}
