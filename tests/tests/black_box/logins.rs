//! `--verify imap` on a scripted mail server: what it asks, and what it makes of every answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;

use cprekey_tests::{Invocation, MailEnding, MailServer, Panel, Place, Reply, Row};
use rcgen::{CertificateParams, date_time_ymd};
use serde_json::json;

/// `apply` with `--verify imap` on that mail server, whose certificate is trusted beside the panel's.
fn proving<'a>(place: &'a Place, panel: &'a Panel, mail: &MailServer) -> Invocation<'a> {
    let both = format!("{}{}", fs::read_to_string(panel.ca_file()).unwrap(), mail.certificate());
    fs::write(place.path("both.pem"), both).unwrap();
    let by_login = ["--cacert", "both.pem", "--verify", "imap", "--jobs", "16", "--imap-host", &mail.host()];
    place.apply("list.csv").on(panel).without_trust().args(by_login)
}

fn ground(mailboxes: usize) -> (Place, Panel, Vec<(String, String)>) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, mailboxes, &["--no-hashing"]);
    let rows = place.list("list.csv", mailboxes);
    (place, panel, rows)
}

fn words(row: &Row) -> (&str, &str) {
    (&row.outcome, &row.reason)
}

/// NET-33: one login for each mailbox, with the new password alone; and the farewell.
#[test]
fn imap_host_is_logged_in_to_once_for_every_changed_mailbox() {
    let (place, panel, rows) = ground(4);
    let mail = MailServer::start(&place, |_, _| Reply::yes());
    let run = proving(&place, &panel, &mail).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(run.report().iter().all(|row| words(row) == ("changed", "verified")), "{run}");
    let logins = mail.logins();
    assert_eq!(logins.len(), 4);
    assert_eq!(BTreeSet::from_iter(logins), BTreeSet::from_iter(rows));
    let heard = mail.heard();
    let said = |line: &str| heard.iter().filter(|heard| *heard == line).count();
    assert_eq!((said("a1 AUTHENTICATE PLAIN"), said("a2 LOGOUT")), (4, 4), "{heard:?}");
    assert_eq!(panel.counters().calls("Email::verify_password"), 0, "the panel was not asked as well");
}

/// Whoever names a mail server and no logins is told that there are none, and not left to believe that there were.
#[test]
fn a_mail_server_without_logins_is_told() {
    let (place, panel, _) = ground(1);
    let said = "--imap-host: no mailbox is logged in to without --verify imap";
    let unused = ["--imap-host", "mail.example.com"];
    let apply = place.apply("list.csv").on(&panel).args(unused).run();
    let verify = place.cprekey(["verify", "list.csv"]).on(&panel).args(unused).run();
    let quiet = place.apply("list.csv").on(&panel).args(unused).args(["--quiet"]).run();
    assert_eq!((apply.code, verify.code, quiet.code), (0, 0, 0), "{apply}{verify}{quiet}");
    let told = [apply, verify, quiet].map(|run| run.stderr.contains(said));
    assert_eq!(told, [true, true, false]);
}

/// NET-32: what a server says, or does not say, about a password that the panel has.
#[test]
fn every_answer_of_a_mail_server_is_what_it_is() {
    let line = Reply::line;
    let cut = |words: &str, ending| Reply { words: words.to_owned(), ending };
    let (seen, down) = (("unknown", "not-visible"), ("changed", "not-verified"));
    // No more than four of a kind at once, so that none is the last that is tried.
    let groups: [(_, i32, Vec<Reply>); 5] = [
        (
            seen,
            7,
            vec![
                line("a1 NO Authentication failed."),
                line("a1 NO [AUTHENTICATIONFAILED] Authentication failed."),
                line("* 0 EXISTS\r\na1 no [authenticationfailed] Not you."),
            ],
        ),
        (
            down,
            0,
            vec![
                line("a1 NO [UNAVAILABLE] Temporary authentication failure."),
                line("a1 NO [INUSE] Somebody else is there."),
                line("a1 NO [LIMIT] Too many connections."),
                line("a1 NO [SERVERBUG] Oh."),
            ],
        ),
        (
            down,
            0,
            vec![
                line("a1 NO [CONTACTADMIN] Ask."),
                cut("* BYE Internal error occurred.\r\n", MailEnding::Close),
                cut("a1 BAD Error in IMAP command.\r\n", MailEnding::Close),
                cut("\u{0}\u{1}nonsense\r\n", MailEnding::Close),
            ],
        ),
        (
            down,
            0,
            vec![line("a1 NO [AUTHORIZATIONFAILED] Right, but not here."), line("a1 NO [ALERT] Down for maintenance.")],
        ),
        (
            down,
            0,
            vec![
                cut("", MailEnding::Close),
                cut("a1 O", MailEnding::Close),
                cut("", MailEnding::Hang),
                cut("+ \r\n", MailEnding::Close),
            ],
        ),
    ];
    for (expected, code, replies) in groups {
        let (place, panel, rows) = ground(replies.len());
        let by_address: BTreeMap<String, Reply> =
            rows.iter().map(|(address, _)| address.clone()).zip(replies.clone()).collect();
        let mail = MailServer::start(&place, move |address, _| by_address[address].clone());
        let run = proving(&place, &panel, &mail).args(["--timeout", "5"]).run();
        assert_eq!(run.code, code, "{run}");
        for (row, reply) in run.report().iter().zip(&replies) {
            assert_eq!(words(row), expected, "{reply:?} {row:?}");
        }
        assert_eq!(mail.logins().len(), replies.len());
    }
}

/// NET-28: the panel says yes and changes nothing, and the login says so. It is told at once, however quiet the run.
#[test]
fn a_mismatch_is_told_loudly_and_is_no_success() {
    for more in [&[][..], &["--quiet"]] {
        let (place, panel, _) = ground(3);
        panel.switch(
            &json!({"match": {"function": "Email::passwd_pop", "address": "user2@example.com"}, "answer": "lie"}),
        );
        let refused = |address: &str| address == "user2@example.com";
        let mail = MailServer::start(&place, move |address, _| {
            if refused(address) { Reply::line("a1 NO [AUTHENTICATIONFAILED] No.") } else { Reply::yes() }
        });
        let run = proving(&place, &panel, &mail).args(["--failed", "again.csv"]).args(more.iter().copied()).run();
        assert_eq!(run.code, 7, "{run}");
        let outcomes: Vec<_> = run.report().iter().map(words).collect();
        assert_eq!(outcomes, [("changed", "verified"), ("unknown", "mismatch"), ("changed", "verified")]);
        assert_eq!(run.stderr.matches("MISMATCH: row 3: user2@example.com unknown (mismatch)").count(), 1, "{run}");
        assert!(place.read("again.csv").contains("user2@example.com"));
        assert!(
            more.contains(&"--quiet") || run.stdout.contains("1 unknown") && run.stdout.contains("LOOK AT THESE FIRST")
        );
    }
}

/// NET-33, POL-01: a server that refuses everybody gets five passwords, not five thousand.
#[test]
fn five_refusals_in_a_row_end_the_logins_and_are_told_once() {
    let (place, panel, _) = ground(12);
    let mail = MailServer::start(&place, |_, _| Reply::line("a1 NO [AUTHENTICATIONFAILED] No."));
    let run = proving(&place, &panel, &mail).args(["--output", "json", "--overlap"]).run();
    assert_eq!((run.code, mail.logins().len()), (7, 5), "{run}");
    assert_eq!(run.outcomes().iter().filter(|outcome| **outcome == "unknown").count(), 5);
    assert_eq!(run.report().iter().filter(|row| words(row) == ("changed", "not-verified")).count(), 7);
    let events = run.events();
    let ended: Vec<_> = events.iter().filter(|event| event["event"] == "logins-ended").collect();
    assert_eq!(ended.len(), 1, "{run}");
    assert!(ended[0]["why"].as_str().unwrap().contains("--imap-host"));
    assert_eq!(run.stderr.matches("no more logins are tried").count(), 1, "{run}");
    assert!(include_str!("../../../docs/REPORTS.md").contains("| `logins-ended` | `apply`, `verify` | `why`: "));
}

/// NET-32, SEC-20: a server that is not the right one, or none, gets no password, and calls none wrong.
#[test]
fn a_mail_server_that_is_not_trusted_gets_no_password() {
    let certificate =
        |names: &[&str]| CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).unwrap();
    let mut expired = certificate(&["localhost"]);
    expired.not_after = date_time_ymd(2020, 1, 1);
    for (certificate, told) in [(expired, "expired"), (certificate(&["mail.example.net"]), "not for localhost")] {
        let (place, panel, _) = ground(1);
        let mail = MailServer::showing(&place, &certificate, |_, _| Reply::yes());
        let run = proving(&place, &panel, &mail).run();
        assert_eq!((run.code, words(&run.report()[0])), (0, ("changed", "not-verified")), "{run}");
        assert!(run.report()[0].detail.contains(told), "{run}");
        assert!(mail.logins().is_empty() && mail.heard().is_empty());
        let run = proving(&place, &panel, &mail).args(["--insecure"]).run();
        assert_eq!(run.code, 2, "--cacert and --insecure cannot go together: {run}");
        let host = mail.host();
        let unchecked = ["--insecure", "--verify", "imap", "--imap-host", &host];
        let run = place.apply("list.csv").on(&panel).without_trust().args(unchecked).run();
        assert_eq!(words(&run.report()[0]), ("changed", "verified"), "{run}");
        assert_eq!(mail.logins().len(), 1);
    }
}

/// NET-01, NET-32.
#[test]
fn a_mail_server_that_is_not_there_leaves_the_panels_word() {
    let (place, panel, _) = ground(1);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = place.apply("list.csv").on(&panel).args(["--verify", "imap", "--imap-host", &nobody.to_string()]).run();
    assert_eq!((run.code, words(&run.report()[0])), (0, ("changed", "not-verified")), "{run}");
    assert!(run.report()[0].detail.contains("refused") && run.stdout.contains("next: not verified: "), "{run}");
}

#[test]
fn resolve_leads_to_a_mail_server_under_its_own_name() {
    let (place, panel, _) = ground(1);
    let certificate = CertificateParams::new(["mail.example.net".to_owned()]).unwrap();
    let mail = MailServer::showing(&place, &certificate, |_, _| Reply::yes());
    let (host, resolve) =
        (format!("mail.example.net:{}", mail.port()), format!("mail.example.net:{}:127.0.0.1", mail.port()));
    let run = proving(&place, &panel, &mail).args(["--imap-host", &host, "--resolve", &resolve]).run();
    assert_eq!((run.code, words(&run.report()[0])), (0, ("changed", "verified")), "{run}");
}

/// SEC-23: a server that repeats the password does not get it into a report.
#[test]
fn what_a_mail_server_repeats_stays_secret() {
    let (place, panel, _) = ground(2);
    let mail = MailServer::start(&place, |address, password| {
        let code = if address.starts_with("user1@") { "AUTHENTICATIONFAILED" } else { "LIMIT" };
        Reply::line(&format!("a1 NO [{code}] not {password}\u{1b}]0;x\u{7}"))
    });
    let run = proving(&place, &panel, &mail).args(["--verbose", "--log", "log"]).run();
    assert_eq!(run.code, 7, "{run}");
    assert!(!run.stderr.contains('\u{1b}'), "{run}");
}

#[test]
fn a_mail_server_is_named_as_a_host_with_a_port() {
    let place = Place::new();
    place.list("list.csv", 1);
    for (host, told) in [("mail.example.com:143", "993"), ("imaps://mail.example.com", "port"), ("a b", "host")] {
        let run = place.cprekey(["verify", "list.csv", "--verify", "imap", "--imap-host", host]).run();
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains(told), "{run}");
    }
}
