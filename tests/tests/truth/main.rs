//! The truth, told by whom passwords are for: Dovecot and Exim, over the shadow files that a rehearsal panel writes as cPanel's are.
//!
//! It wants both, and so is no part of `cargo xtask test`: `cargo xtask truth` runs it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod passwords;
mod size;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cprekey_tests::{Attempt, BEFORE, Dovecot, Exim, Panel, Place, Row, imap_login, smtp_login};
use serde_json::json;

use passwords::passwords;
use size::Size;

/// Logins at once.
const AT_ONCE: usize = 8;

/// How many old passwords are tried, and how many of both at the second server.
const SAMPLE: usize = 200;

/// The address of a mailbox by its number, from 1.
fn address(number: usize) -> String {
    format!("user{number}@example.com")
}

/// A place with a panel of so many mailboxes, and a list of new passwords for all.
fn ground(size: Size) -> (Place, Panel, Vec<(String, String)>) {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, size.mailboxes);
    let rows: Vec<_> = (1..=size.mailboxes).map(address).zip(passwords(size)).collect();
    place.csv("list.csv", rows.clone());
    (place, panel, rows)
}

/// Does something for each, several at once, and gives the results in order.
fn at_once<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            done.push((index, work(item)));
        }
        done
    };
    let mut done: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(take)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The rows that are not as they should be.
fn other_than(expected: &Attempt, attempts: Vec<Attempt>) -> Vec<(usize, Attempt)> {
    attempts.into_iter().enumerate().filter(|(_, attempt)| attempt != expected).collect()
}

/// NET-28: what the report calls changed is what real mail servers take, and nothing else is.
#[test]
fn every_new_password_logs_in_and_no_old_one_does() {
    let size = Size::wanted();
    let (place, panel, rows) = ground(size);
    let dovecot = Dovecot::start(&place, &panel);
    let exim = Exim::start(&place, &panel);
    assert_eq!(
        imap_login(dovecot.port(), dovecot.certificate(), &rows[0].0, BEFORE),
        Attempt::Accepted,
        "{}",
        dovecot.log()
    );
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(run.outcomes().iter().all(|outcome| *outcome == "changed"), "{run}");
    // Dovecot looks at a password file once a second.
    thread::sleep(std::time::Duration::from_millis(1_100));
    let by_imap = |password: &str, address: &str| imap_login(dovecot.port(), dovecot.certificate(), address, password);
    let new = at_once(&rows, |(address, password)| by_imap(password, address));
    assert_eq!(other_than(&Attempt::Accepted, new), [], "{}", dovecot.log());
    let sample: Vec<_> = size.sample(SAMPLE).into_iter().map(|index| rows[index].clone()).collect();
    let old = at_once(&sample, |(address, _)| by_imap(BEFORE, address));
    assert_eq!(other_than(&Attempt::Refused, old), []);
    let by_smtp = |password: &str, address: &str| smtp_login(exim.port(), address, password);
    let new = at_once(&sample, |(address, password)| by_smtp(password, address));
    assert_eq!(other_than(&Attempt::Accepted, new), []);
    let old = at_once(&sample, |(address, _)| by_smtp(BEFORE, address));
    assert_eq!(other_than(&Attempt::Refused, old), []);
    size.tell(&format!(
        "{} mailboxes reset: {} new passwords log in to Dovecot, {} old ones are refused; Exim agrees on {} of both",
        rows.len(),
        rows.len(),
        sample.len(),
        sample.len()
    ));
}

/// A run with `--verify imap` on this server; what its report says by address.
fn proved(
    place: &Place,
    panel: &Panel,
    dovecot: &Dovecot,
    words: &[&str],
) -> (cprekey_tests::Run, BTreeMap<String, Row>) {
    let both = format!(
        "{}{}",
        place.read(panel.ca_file().strip_prefix(place.path("").to_str().unwrap()).unwrap()),
        dovecot.certificate()
    );
    std::fs::write(place.path("both.pem"), both).unwrap();
    let host = dovecot.host();
    let by_login = ["--cacert", "both.pem", "--verify", "imap", "--imap-host", &host, "--jobs", "32"];
    let run = place.apply("list.csv").on(panel).without_trust().args(by_login).args(words.iter().copied()).run();
    let rows = place.report_by_target("report.csv");
    (run, rows)
}

/// NET-28: one mailbox whose shadow is not changed, though the panel says so, among many that are.
#[test]
fn a_lie_of_the_panel_is_told_as_a_mismatch_by_a_login() {
    let size = Size { mailboxes: 40, ..Size::wanted() };
    let (place, panel, rows) = ground(size);
    let dovecot = Dovecot::start(&place, &panel);
    let liar = address(1 + size.pick(rows.len()));
    panel.switch(&json!({"match": {"function": "Email::passwd_pop", "address": liar}, "answer": "lie"}));
    let (run, report) = proved(&place, &panel, &dovecot, &[]);
    assert_eq!(run.code, 7, "{run}");
    for (address, row) in &report {
        let expected = if *address == liar { ("unknown", "mismatch") } else { ("changed", "verified") };
        assert_eq!((row.outcome.as_str(), row.reason.as_str()), expected, "{row:?} {run} {}", dovecot.log());
    }
    assert!(run.stderr.contains("MISMATCH: ") && run.stderr.contains(&liar), "{run}");
    assert!(run.stdout.contains("LOOK AT THESE FIRST"), "{run}");
    // The same is found without changing anything.
    let host = dovecot.host();
    let only = ["verify", "list.csv", "--verify", "imap", "--cacert", "both.pem", "--rate", "none"];
    let run = place.cprekey(only).args(["--imap-host", &host, "--report", "report.csv"]).run();
    assert_eq!(run.code, 3, "{run}");
    for (address, row) in place.report_by_target("report.csv") {
        let expected = if address == liar { ("refused", "other-password") } else { ("unchanged", "verified") };
        assert_eq!((row.outcome.as_str(), row.reason.as_str()), expected, "{row:?}");
    }
    size.tell(&format!("{} changes proved by a login each, 1 lie of the panel told as a mismatch", rows.len() - 1));
}

/// NET-32: Dovecot, which may not read the passwords, refuses everybody, and calls no password wrong.
#[test]
fn a_mail_server_that_cannot_read_its_passwords_calls_none_wrong() {
    let size = Size { mailboxes: 8, ..Size::wanted() };
    let (place, panel, rows) = ground(size);
    let dovecot = Dovecot::that_cannot_read(&place, &panel);
    let (run, report) = proved(&place, &panel, &dovecot, &[]);
    assert_eq!(run.code, 0, "{run}");
    for row in report.values() {
        assert_eq!(
            (row.outcome.as_str(), row.reason.as_str()),
            ("changed", "not-verified"),
            "{row:?} {}",
            dovecot.log()
        );
    }
    assert!(report.values().any(|row| row.detail.contains("UNAVAILABLE")), "{report:?}");
    assert_eq!(run.stderr.matches("no more logins are tried").count(), 1, "{run}");
    size.tell(&format!("{} rows on a server that cannot say: 0 called wrong", rows.len()));
}
