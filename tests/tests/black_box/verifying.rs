//! `cprekey verify`: which mailboxes have the passwords of the list; nothing is changed.

use cprekey_tests::{BEFORE, MailServer, Panel, Place, Reply};
use serde_json::json;

const VERIFY: [&str; 6] = ["verify", "list.csv", "--rate", "none", "--report", "report.csv"];

/// A panel with so many mailboxes, of which the first have the passwords of the list.
fn ground(mailboxes: usize, applied: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, mailboxes, &["--no-hashing"]);
    place.list("list.csv", mailboxes);
    if applied > 0 {
        let run = place.apply("list.csv").on(&panel).args(["--limit", &applied.to_string()]).run();
        assert_eq!(run.code, 0, "{run}");
    }
    panel.reset_counters();
    (place, panel)
}

#[test]
fn a_row_says_whether_its_mailbox_has_the_password_and_nothing_is_changed() {
    let (place, panel) = ground(5, 3);
    let run = place.cprekey(VERIFY).args(["--failed", "others.csv"]).on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    let words: Vec<_> = run.report().iter().map(|row| (row.outcome.as_str(), row.reason.as_str())).collect();
    let (has, has_not) = (("unchanged", "verified"), ("refused", "other-password"));
    assert_eq!(words, [has, has, has, has_not, has_not]);
    assert!(run.stdout.contains("3 unchanged, 2 refused"), "{run}");
    assert!(panel.changes().is_empty());
    assert_eq!(panel.counters().calls("Email::verify_password"), 5);
    assert_eq!(panel.counters().calls("Email::passwd_pop"), 0);
    // The others are a list to apply.
    let run = place.cprekey(["apply", "others.csv", "--yes", "--rate", "none"]).on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    let run = place.cprekey(VERIFY).on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(run.outcomes().iter().all(|outcome| *outcome == "unchanged"), "{run}");
}

#[test]
fn what_cannot_be_asked_is_unknown_and_is_no_success() {
    let (place, panel) = ground(2, 2);
    panel.switch(
        &json!({"match": {"function": "Email::verify_password", "address": "user2@example.com"}, "answer": "garbage"}),
    );
    let run = place.cprekey(VERIFY).args(["--retries", "0"]).on(&panel).run();
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(run.outcomes(), ["unchanged", "unknown"]);
    assert_eq!(run.report()[1].reason, "not-verified");
    assert!(run.stdout.contains("verify the list again"), "{run}");
}

#[test]
fn a_mailbox_that_is_not_there_is_not_guessed_at() {
    let (place, panel) = ground(1, 1);
    place.csv("list.csv", [("nobody@example.com", "Tide&Orchard#1")]);
    let run = place.cprekey(VERIFY).on(&panel).run();
    assert_eq!((run.code, run.report()[0].reason.as_str()), (3, "no-such-mailbox"), "{run}");
    assert_eq!(panel.counters().calls("Email::verify_password"), 0);
}

#[test]
fn the_password_of_an_account_cannot_be_verified_and_the_row_says_so() {
    let (place, panel) = ground(1, 0);
    place.private("list.csv", "account,password\nshop,Tide&Orchard#1\n");
    place.secret("Tide&Orchard#1");
    let run = place.cprekey(VERIFY).args(["--kind", "account", "--columns", "email=account"]).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (7, vec!["unknown"]), "{run}");
    assert_eq!(run.report()[0].reason, "not-verified");
    assert!(run.report()[0].detail.contains("only those of mailboxes"), "{run}");
}

/// POL-01: a wrong list is not guessed through to its end.
#[test]
fn twenty_wrong_passwords_at_the_beginning_end_it_unless_it_is_to_go_on() {
    let (place, panel) = ground(30, 0);
    let run = place.cprekey(VERIFY).on(&panel).run();
    assert_eq!(run.code, 5, "{run}");
    assert_eq!(run.outcomes().iter().filter(|outcome| **outcome == "refused").count(), 20);
    assert!(run.stderr.contains("looks systematic") && run.stderr.contains("failed login"), "{run}");
    let run = place.cprekey(VERIFY).args(["--keep-going"]).on(&panel).run();
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(run.outcomes(), ["refused"; 30]);
}

/// NET-16: a token that is refused is refused once.
#[test]
fn a_refused_token_ends_a_verification() {
    let (place, panel) = ground(9, 9);
    panel.behaviour(&json!({"token_dies_after": 5}));
    let run = place.cprekey(VERIFY).on(&panel).run();
    assert_eq!(run.code, 4, "{run}");
    assert_eq!(run.outcomes().iter().filter(|outcome| **outcome == "not-tried").count(), 7, "{run}");
}

#[test]
fn through_whm_the_mailboxes_of_many_accounts_are_verified() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 2, "");
    place.csv("list.csv", [("user1@example.com", BEFORE), ("user2@example.org", "Tide&Orchard#1")]);
    let run = place.cprekey(VERIFY).through_whm(&panel).run();
    assert_eq!((run.code, run.outcomes()), (3, vec!["unchanged", "refused"]), "{run}");
    assert!(panel.changes().is_empty());
}

/// NET-33: by logins neither panel nor token are needed, and each mailbox is logged in to once.
#[test]
fn by_logins_the_mail_server_alone_is_asked() {
    let place = Place::new();
    let rows = place.list("list.csv", 6);
    let mail = MailServer::start(&place, |address, _| match address {
        "user2@example.com" => Reply::line("a1 NO [AUTHENTICATIONFAILED] No."),
        "user3@example.com" => Reply::line("a1 NO [UNAVAILABLE] Later."),
        _ => Reply::yes(),
    });
    std::fs::write(place.path("mail.pem"), mail.certificate()).unwrap();
    let host = mail.host();
    let by_login = ["--verify", "imap", "--imap-host", &host, "--cacert", "mail.pem"];
    let run = place.cprekey(VERIFY).args(by_login).run();
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(run.outcomes(), ["unchanged", "refused", "unknown", "unchanged", "unchanged", "unchanged"]);
    let mut logins = mail.logins();
    logins.sort();
    assert_eq!(logins, rows);
}

/// NET-33: a mail server that blocks whoever is refused too often calls every further password wrong.
#[test]
fn by_logins_it_cannot_be_made_to_keep_going() {
    let place = Place::new();
    place.list("list.csv", 1);
    let run = place.cprekey(VERIFY).args(["--verify", "imap", "--keep-going"]).run();
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("--keep-going is not for --verify imap") && run.stderr.contains("5 refused"), "{run}");
    let help = place.cprekey(["verify", "--help"]).run();
    assert!(help.stdout.split_whitespace().collect::<Vec<_>>().join(" ").contains("not with --verify imap"), "{help}");
}
