//! Which certificates are accepted, and how a refused one is explained.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};

use base64::Engine;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use super::super::super::answer::Answer;
use super::super::super::fault::Fault;
use super::super::certificate::{Presented, Refusal};
use super::super::error::HttpsError;
use super::super::host::Host;
use super::super::panel::HttpsPanel;
use super::super::settings::HttpsSettings;
use super::super::trust::Trust;
use super::ask::ask;
use super::server::{Act, DONE, Identity, NAME, Server, json, settings};

/// What a call to a server with this certificate gives; nothing may be sent where it is not trusted.
async fn ask_with(identity: Identity, trust: Trust) -> Result<Answer, Fault> {
    let server = Server::start(identity, |_| Act::Say(json("200 OK", DONE)));
    let answer = ask(&settings(server.port, trust)).await;
    assert_eq!(server.requests().len(), usize::from(answer.is_ok()), "{answer:?}");
    answer
}

/// Trusts the authority of a PEM, from a file.
async fn ask_with_ca(identity: Identity, pem: &str) -> Result<Answer, Fault> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pem.as_bytes()).unwrap();
    ask_with(identity, Trust::CaFile(file.path().to_owned())).await
}

/// Checks the words and the pin of a refusal; gives the advice that comes before the pin.
fn assert_untrusted(answer: Result<Answer, Fault>, words: &[&str], pin: &str) -> String {
    let Err(Fault::Untrusted { detail, remedy }) = answer else { panic!("{answer:?}") };
    for word in words {
        assert!(detail.contains(word), "{detail:?} without {word:?}");
    }
    assert!(remedy.contains(&format!("--pin {pin}")) && remedy.contains("openssl x509 -pubkey"), "{remedy}");
    remedy.split_once("if it is the panel's own").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_pin_accepts_every_shape_of_its_own_key() {
    let shapes = [
        Identity::authority(),
        Identity::named(&[NAME]),
        Identity::named(&["other.example.org"]),
        Identity::nameless(),
        Identity::dated(2001, 2002),
    ];
    for identity in shapes {
        let pin = identity.pin();
        assert!(ask_with(identity, Trust::Pin(pin)).await.is_ok());
    }
}

#[tokio::test]
async fn a_pin_refuses_every_other_key() {
    let (identity, other) = (Identity::named(&[NAME]), Identity::named(&[NAME]));
    let shown = identity.pin().to_string();
    let answer = ask_with(identity, Trust::Pin(other.pin())).await;
    assert_untrusted(answer, &["not the pinned one", &shown], &shown);
}

#[tokio::test]
async fn insecure_accepts_everything() {
    for identity in [Identity::authority(), Identity::nameless(), Identity::dated(2001, 2002)] {
        assert!(ask_with(identity, Trust::Insecure).await.is_ok());
    }
}

#[tokio::test]
async fn an_authority_from_a_file_is_trusted_for_the_right_name() {
    let authority = Identity::authority();
    let answer = ask_with_ca(Identity::issued_by(&authority, &[NAME]), &authority.pem).await;
    assert!(answer.is_ok(), "{answer:?}");
    let other = Identity::issued_by(&authority, &["a.example.org", "*.example.net"]);
    let pin = other.pin().to_string();
    let answer = ask_with_ca(other, &authority.pem).await;
    let easier = assert_untrusted(answer, &["a.example.org", "*.example.net", "not for panel.example.com"], &pin);
    assert!(easier.contains("give --host a name that it is for"), "{easier}");
}

#[tokio::test]
async fn an_authority_that_is_not_trusted_is_told_from_a_self_signed_certificate() {
    let (trusted, other) = (Identity::authority(), Identity::authority());
    let issued = Identity::issued_by(&other, &[NAME]);
    let pin = issued.pin().to_string();
    let easier = assert_untrusted(ask_with_ca(issued, &trusted.pem).await, &["authority that is not trusted"], &pin);
    assert!(easier.contains("--cacert"), "{easier}");
    let own = Identity::named(&[NAME]);
    let pin = own.pin().to_string();
    assert_untrusted(ask_with_ca(own, &trusted.pem).await, &["it is self-signed"], &pin);
}

#[tokio::test]
async fn the_self_signed_shapes_are_told_apart() {
    let own = Identity::named(&[NAME]);
    let pem = own.pem.clone();
    assert!(ask_with_ca(own, &pem).await.is_ok());

    let authority = Identity::authority();
    let (pem, pin) = (authority.pem.clone(), authority.pin().to_string());
    assert_untrusted(ask_with_ca(authority, &pem).await, &["marked as a certificate authority's own"], &pin);

    let nameless = Identity::nameless();
    let (pem, pin) = (nameless.pem.clone(), nameless.pin().to_string());
    assert_untrusted(ask_with_ca(nameless, &pem).await, &["names no host at all"], &pin);

    let (nameless, trusted) = (Identity::nameless(), Identity::authority());
    let pin = nameless.pin().to_string();
    let answer = ask_with_ca(nameless, &trusted.pem).await;
    assert_untrusted(answer, &["it is self-signed", "names no host at all"], &pin);
}

#[tokio::test]
async fn a_name_in_a_certificate_cannot_steer_a_terminal() {
    let identity = Identity::named(&["evil\u{1b}]0;pwned\u{7}.example.org"]);
    let pem = identity.pem.clone();
    let Err(Fault::Untrusted { detail, .. }) = ask_with_ca(identity, &pem).await else { panic!("it was trusted") };
    assert!(!detail.contains(char::is_control), "{detail:?}");
}

/// NET-35.
#[tokio::test]
async fn dates_are_given_both() {
    for (identity, words, way) in [
        (Identity::dated(2001, 2002), ["expired at 2002-01-01T00:00:00Z", "it is now 20"], "new certificate"),
        (Identity::dated(2400, 2401), ["not valid before 2400-01-01T00:00:00Z", "is a clock wrong?"], "set the clock"),
    ] {
        let (pem, pin) = (identity.pem.clone(), identity.pin().to_string());
        let easier = assert_untrusted(ask_with_ca(identity, &pem).await, &words, &pin);
        assert!(easier.contains(way), "{easier}");
    }
}

#[test]
fn version_1_is_named_and_has_no_pin() {
    // openssl req -new -newkey ec …; openssl x509 -req -signkey …
    let der = base64::engine::general_purpose::STANDARD
        .decode(
            "MIIBNDCB2wIUZoIAe+kX+eSCmX5YqeUUrGu9vyowCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRcGFuZWwuZXhhbXBsZS5jb20wIBcN\
             MjYxMTIxMjIyOTE2WhgPMjEyNjEwMjgyMjI5MTZaMBwxGjAYBgNVBAMMEXBhbmVsLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI\
             KoZIzj0DAQcDQgAEBCBgl7caOyCbaCdm94s8BDv9IC8xgJ64mLGQAEGlxMzytf4oepp5NE8LAm3Ud66nTEor2fu1xfGoEoZf/DXf\
             IjAKBggqhkjOPQQDAgNIADBFAiEAh+IW9U+V0oyp97Dp5m5F5knhe5UeB0wnDtHGm42iWBYCIChrZIiT4Uqux1PY+Vz+aVf2Kj8S\
             yAcDAx1C2mOJJHke",
        )
        .unwrap();
    let leaf = CertificateDer::from(der);
    let error = rustls::server::ParsedCertificate::try_from(&leaf).map(|_| ()).unwrap_err();
    let name = ServerName::try_from(NAME).unwrap();
    let presented = Presented { leaf: &leaf, name: &name, now: UnixTime::now(), port: 2083 };
    let Refusal { detail, remedy } = Refusal::of_chain(&presented, &error, &[]);
    assert!(detail.contains("X.509 version 1"), "{detail}");
    assert!(remedy.contains("no pin can be made") && !remedy.contains("--pin"), "{remedy}");
}

#[tokio::test]
async fn an_address_is_checked_as_a_name_is() {
    let address = IpAddr::from(Ipv4Addr::LOCALHOST);
    for (names, trusted) in [(["127.0.0.1"], true), (["127.0.0.2"], false), ([NAME], false)] {
        let identity = Identity::named(&names);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(identity.pem.as_bytes()).unwrap();
        let server = Server::start(identity, |_| Act::Say(json("200 OK", DONE)));
        let by_name = settings(server.port, Trust::CaFile(file.path().to_owned()));
        let answer = ask(&HttpsSettings { host: Host::Address(address), ..by_name }).await;
        assert_eq!(answer.is_ok(), trusted, "{names:?}: {answer:?}");
    }
}

#[tokio::test]
async fn the_systems_authorities_do_not_know_a_self_signed_panel() {
    for (identity, words) in [(Identity::authority(), "authority's own"), (Identity::named(&[NAME]), "is self-signed")]
    {
        let server = Server::start(identity, |_| Act::Say(json("200 OK", DONE)));
        let settings = settings(server.port, Trust::System);
        match HttpsPanel::new(&settings) {
            Ok(_) => drop(assert_untrusted(ask(&settings).await, &[words], &server.pin.to_string())),
            Err(error) => assert!(matches!(error, HttpsError::NoSystemRoots), "{error}"),
        }
    }
}
