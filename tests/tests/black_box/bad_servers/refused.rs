//! Each of them is refused in words that fit it, and has got nothing.

use cprekey_tests::{Place, Run};

use super::certificates::{Mint, Shown, as_authority, dated, for_another, for_clients};
use super::openssl::Openssl;
use super::raw::Raw;
use super::server::Server;

const TOKEN: &str = "SHOPTOKEN0123456789ABCDEFGHIJKLM";

/// Ciphers that openssl gives out no more unless it is told to.
const WEAK: &str = "ALL:COMPLEMENTOFALL@SECLEVEL=0";

/// Two rows against this server.
fn apply(place: &Place, server: &impl Server, trust: &[&str]) -> Run {
    place.list("list.csv", 2);
    place.secret(TOKEN);
    place.private("token", TOKEN);
    let host = format!("localhost:{}", server.port());
    let patience = ["--connect-timeout", "5", "--timeout", "6", "--retries", "0"];
    let options = ["--user", "shop", "--token-file", "token", "--host", &host];
    place.apply("list.csv").args(options).args(patience).args(trust).run()
}

/// Nothing was sent, nothing was claimed, and the message says what is wrong and what to do.
fn assert_refused(place: &Place, server: &impl Server, trusted: &Shown, says: &str, remedy: &str) {
    let run = apply(place, server, &["--cacert", trusted.trusted.to_str().unwrap()]);
    assert_eq!((run.code, run.outcomes()), (1, vec!["not-tried", "not-tried"]), "{says}: {run}");
    let message = &run.stderr;
    assert!(message.contains(says) && message.contains(remedy) && message.contains("help: "), "{says} {remedy}: {run}");
    assert_got_nothing(server);
}

fn assert_got_nothing(server: &impl Server) {
    let got = server.got();
    for needle in ["POST", "HTTP/1", "execute", "uthorization", "shop", TOKEN, "Tide", "user1"] {
        assert!(!got.contains(needle), "{needle} reached the server: {got}");
    }
}

/// Shows a certificate of the mint to a client that trusts its authority.
fn assert_shown(certificate: impl FnOnce(&Mint<'_>) -> Shown, options: &[&str], says: &str, remedy: &str) {
    let place = Place::new();
    let shown = certificate(&Mint::new(&place));
    let server = Openssl::start(&shown, options);
    assert_refused(&place, &server, &shown, says, remedy);
}

/// SEC-20: the recorder records: a server that is trusted gets what the others do not.
#[test]
fn what_a_trusted_server_gets_is_seen() {
    let place = Place::new();
    let shown = Mint::new(&place).issued(|_| ());
    let server = Openssl::start(&shown, &[]);
    let run = apply(&place, &server, &["--cacert", shown.trusted.to_str().unwrap()]);
    assert_eq!(run.outcomes(), ["not-tried", "not-tried"], "it says nothing of its own: {run}");
    let got = server.got();
    assert!(got.contains("POST /execute/") && got.contains(TOKEN), "{got}");
}

/// SEC-20: certificates of the wrong time, the wrong name, the wrong purpose.
#[test]
fn a_certificate_of_another_time_name_or_purpose_is_refused() {
    let late = "it expired at 2021-01-01T00:00:00Z; it is now 20";
    assert_shown(|mint| mint.issued(dated(2020, 2021)), &[], late, "new certificate");
    let other = "it is for another.example.com, not for localhost";
    assert_shown(|mint| mint.issued(for_another), &[], other, "--resolve");
    assert_shown(|mint| mint.issued(for_clients), &[], "it is not for servers", "new certificate");
}

/// NET-35: a clock that is wrong, here or there, is told with both times.
#[test]
fn a_certificate_that_is_not_valid_yet_is_told_with_both_times() {
    let early = "it is not valid before 2400-01-01T00:00:00Z, and here it is 20";
    assert_shown(|mint| mint.issued(dated(2400, 2401)), &[], early, "set the clock that is wrong");
}

/// SEC-20: certificates that nobody whom we trust has given out.
#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    assert_shown(|mint| mint.self_signed(|_| ()), &[], "it is self-signed", "--pin sha256//");
    let own = "marked as a certificate authority's own";
    assert_shown(|mint| mint.self_signed(as_authority).trusted_itself(), &[], own, "--pin sha256//");
    assert_shown(|mint| mint.second_hand(false), &[], "an authority that is not trusted here", "--cacert");
    assert_shown(|mint| mint.second_hand(true), &[], "the server leaves out an intermediate", "--cacert");
}

/// SEC-20: certificates made as none may be any more.
#[test]
fn a_certificate_of_old_days_is_refused() {
    let weak = ["-cipher", "DEFAULT@SECLEVEL=0"];
    assert_shown(|mint| mint.by_openssl("rsa:2048", "", false), &weak, "X.509 version 1", "new certificate");
    let old = "signed in a way that is not accepted any more";
    assert_shown(|mint| mint.by_openssl("rsa:2048", "-sha1", true), &weak, old, "new certificate");
    assert_shown(|mint| mint.by_openssl("rsa:2048", "-md5", true), &weak, old, "new certificate");
    let short = "did not prove that the certificate is its own";
    assert_shown(|mint| mint.by_openssl("rsa:1024", "-sha256", true), &weak, short, "RSA key of less than 2048 bits");
}

/// SEC-20: a server that has the panel's certificate and not its key.
#[test]
fn a_certificate_of_somebody_else_is_refused() {
    let (place, other) = (Place::new(), Place::new());
    let (shown, key) = (Mint::new(&place).issued(|_| ()), Mint::new(&other).issued(|_| ()));
    let server = Raw::impostor(&shown, &key);
    let says = "did not prove that the certificate is its own";
    assert_refused(&place, &server, &shown, says, "somebody may be in between");
}

/// SEC-20: versions and ciphers that nobody should speak any more.
#[test]
fn tls_of_old_days_is_refused() {
    let says = "no TLS 1.2 or 1.3 came about";
    for version in ["-tls1", "-tls1_1"] {
        assert_shown(|mint| mint.issued(|_| ()), &[version, "-cipher", WEAK], says, "which the server has to speak");
    }
    for cipher in ["eNULL@SECLEVEL=0", "AES128-SHA@SECLEVEL=0", "ECDHE-ECDSA-AES128-SHA@SECLEVEL=0"] {
        assert_shown(
            |mint| mint.issued(|_| ()),
            &["-tls1_2", "-cipher", cipher],
            says,
            "which the server has to speak",
        );
    }
    let place = Place::new();
    let trusted = Mint::new(&place).issued(|_| ());
    let anonymous = Openssl::nameless(&["-tls1_2", "-cipher", "aNULL@SECLEVEL=0"]);
    assert_refused(&place, &anonymous, &trusted, says, "which the server has to speak");
}

/// NET-37: a login page of a network in between, and any other server that speaks plain HTTP, is told from a panel.
#[test]
fn plain_http_is_told_as_what_it_is() {
    for page in [
        &b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\nContent-Length: 0\r\n\r\n"[..],
        b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>plain HTTP request</html>",
        b"HTTP/1.0 200 OK\r\n\r\n<html>Welcome to the hotel",
    ] {
        let place = Place::new();
        let trusted = Mint::new(&place).issued(|_| ());
        assert_refused(&place, &Raw::saying(page), &trusted, "it does not speak TLS", "login page of the network");
    }
}

/// NET-01, NET-03: a handshake that breaks off, hangs, or is rubbish has sent nothing.
#[test]
fn a_handshake_that_comes_to_nothing_has_sent_nothing() {
    let reached = "cannot be reached";
    let servers: [(Raw, &str); 7] = [
        (Raw::closing(), reached),
        (Raw::saying(b""), reached),
        (Raw::silent(), "no connection within"),
        (Raw::saying(b"\x00\xff\x00\xff\x00\xff\x00\xff"), "it does not speak TLS"),
        (Raw::saying(b"SSH-2.0-OpenSSH_9.6\r\n"), "it does not speak TLS"),
        (Raw::saying(b"\x16\x03\x03\x00\x04\x02\x00\x00\x00"), reached),
        (Raw::saying(b"\x15\x03\x03\x00\x02\x02\x50"), reached),
    ];
    for (server, says) in servers {
        let place = Place::new();
        let trusted = Mint::new(&place).issued(|_| ());
        assert_refused(&place, &server, &trusted, says, "check --host and the network");
    }
}
