//! Calls at the WHM face.

use super::super::super::answer::Verdict;
use super::super::super::call::{Api, Call};
use super::super::super::fault::Fault;
use super::super::super::panel::Panel;
use super::super::credential::Credential;
use super::super::face::Face;
use super::super::panel::HttpsPanel;
use super::super::settings::HttpsSettings;
use super::ask::{passwd_pop, secret, verdict};
use super::server::{DONE, Server, TOKEN, json};

/// A way to the server as a WHM face's, for root.
fn whm(server: &Server) -> HttpsPanel {
    let credential = Credential { user: "root".to_owned(), token: TOKEN.into() };
    HttpsPanel::new(&HttpsSettings { face: Face::Whm, credential, ..server.settings() }).unwrap()
}

#[tokio::test]
async fn a_mailbox_is_changed_on_behalf_of_its_account() {
    let server = Server::saying(json("200 OK", &format!(r#"{{"metadata":{{"result":1}},"data":{{"uapi":{DONE}}}}}"#)));
    let password = secret();
    let call = passwd_pop(&password).on_behalf_of("shop").keeping_envelope();
    let answer = whm(&server).call(&call).await;
    assert_eq!(verdict(&answer), Some(Verdict::Done));
    assert_eq!(answer.unwrap().envelope.unwrap().get(), DONE);
    let [request] = &server.requests()[..] else { panic!("not one request") };
    assert!(request.starts_with("POST /json-api/uapi_cpanel HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("authorization: whm root:{TOKEN}\r\n")), "{request}");
    let body = "\r\n\r\napi.version=1&cpanel.user=shop&cpanel.module=Email&cpanel.function=passwd_pop\
                &email=anna%40example.com&password=p%2Bq%26r%25s%20%C3%9Cnicode";
    assert!(request.ends_with(body), "{request}");
}

#[tokio::test]
async fn the_inner_no_is_a_refusal() {
    let body = r#"{"metadata":{"result":1,"reason":"OK"},"data":{"uapi":{"status":0,"errors":["too weak"]}}}"#;
    let server = Server::saying(json("200 OK", body));
    let password = secret();
    let answer = whm(&server).call(&passwd_pop(&password).on_behalf_of("shop")).await.unwrap();
    assert_eq!((answer.verdict, answer.errors), (Verdict::Refused, vec!["too weak".to_owned()]));
}

#[tokio::test]
async fn what_cannot_be_called_is_not_sent() {
    let server = Server::saying(json("200 OK", DONE));
    let password = secret();
    let at_whm = whm(&server);
    let at_cpanel = HttpsPanel::new(&server.settings()).unwrap();
    for answer in [
        at_whm.call(&passwd_pop(&password)).await,
        at_whm.call(&Call::new(Api::Api2, "Email", "passwdpop")).await,
        at_cpanel.call(&Call::whm1("passwd")).await,
    ] {
        assert!(matches!(&answer, Err(Fault::Unsupported { .. })), "{answer:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_answer_of_the_other_face_is_no_answer() {
    let server = Server::saying(json("200 OK", DONE));
    let password = secret();
    for call in [Call::whm1("passwd"), passwd_pop(&password).on_behalf_of("shop")] {
        let answer = whm(&server).call(&call).await;
        assert!(matches!(&answer, Err(Fault::Unusable { detail }) if detail.contains("2087")), "{answer:?}");
    }
}

#[tokio::test]
async fn a_token_that_the_panel_repeats_is_taken_out_of_the_envelope() {
    let split = "\\u00".to_owned() + &format!("{:x}", TOKEN.as_bytes()[0]) + &TOKEN[1..];
    for written in [TOKEN, &split] {
        let body = format!(r#"{{"metadata":{{"result":1,"reason":"as {written}"}},"data":null}}"#);
        let server = Server::saying(json("200 OK", &body));
        let answer = whm(&server).call(&Call::whm1("version").keeping_envelope()).await.unwrap();
        let envelope = answer.envelope.unwrap();
        assert_eq!(envelope.get(), r#"{"metadata":{"result":1,"reason":"as [password]"},"data":null}"#);
    }
}
