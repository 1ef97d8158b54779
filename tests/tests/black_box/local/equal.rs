//! One list in five ways: reports and shadow files are the same.

use cprekey_tests::{ACCOUNTS, BEFORE, Invocation, Panel, Person, Place, Row, Run};
use serde_json::json;
use sha_crypt::{PasswordVerifier as _, ShaCrypt};

use super::ground::{owners, panel_with};

/// How many mailboxes of each account are in the list.
const EACH: usize = 100;

/// A way to the panel.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// Each account by a token of its own.
    Cpanel,
    /// Root's token, a request for each row.
    WhmSingle,
    /// Root's token, many rows in a request.
    WhmBatched,
    /// Each account's user on the server.
    Owners,
    /// Root on the server.
    Root,
}

/// What does not depend on the way: the row, its target, its outcome, its reason and the detail.
type Told = (u32, String, String, String, String);

fn told(row: &Row) -> Told {
    let (number, target, outcome, reason, detail) = row.fate();
    (number, target.to_owned(), outcome.to_owned(), reason.to_owned(), detail.to_owned())
}

impl Way {
    /// Applies the list in this way, and gives what the report says, of every row once.
    fn apply(self, place: &Place, panel: &Panel) -> Vec<Told> {
        let whm = |batch| place.apply("list.csv").through_whm(panel).args(["--batch", batch]).run();
        match self {
            Self::WhmSingle => report(&whm("1")),
            Self::WhmBatched => report(&whm("25")),
            Self::Root => report(&place.apply("list.csv").locally(panel, Person::Root).run()),
            Self::Cpanel => by_account(place, |run, (name, _)| run.on(panel).user(name)),
            Self::Owners => by_account(place, |run, (_, number)| run.locally(panel, Person::User(number))),
        }
    }
}

fn report(run: &Run) -> Vec<Told> {
    assert_eq!(run.code, 3, "{run}");
    run.report().iter().map(told).collect()
}

/// A run for each account, that leaves the rows of all others out.
fn by_account<'a>(place: &'a Place, way: impl Fn(Invocation<'a>, (&'static str, u32)) -> Invocation<'a>) -> Vec<Told> {
    let one = |(name, domain, number)| {
        let run = way(place.apply("list.csv").args(["--include", &format!("*@{domain}")]), (name, number)).run();
        assert_eq!(run.code, 3, "{run}");
        run.report().iter().filter(|row| row.reason != "filtered").map(told).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = owners().flat_map(one).collect();
    rows.sort();
    rows
}

/// The list, in which the accounts take turns, and an address that is nowhere and a weak password are among each account's rows.
fn list(place: &Place) -> Vec<(String, String)> {
    let row = |number: usize, (_, domain): (&str, &str)| match number {
        7 => (format!("nobody@{domain}"), format!("Tide&Orchard#{number}{domain}")),
        9 => (format!("user{number}@{domain}"), format!("weak{number}")),
        _ => (format!("user{number}@{domain}"), format!("Tide&Orchard#{number}{domain}")),
    };
    let rows: Vec<_> = (1..=EACH).flat_map(|number| ACCOUNTS.map(|account| row(number, account))).collect();
    let lines: Vec<_> = rows.iter().map(|(address, password)| format!("{address},{password}\n")).collect();
    place.private("list.csv", format!("email,password\n{}", lines.concat()));
    // To look for all of them after each run would take longer than the runs.
    place.secrets(rows.iter().step_by(13).map(|(_, password)| password));
    rows
}

/// Which password a mailbox has, by its hash in the shadow file.
#[derive(Debug, Eq, PartialEq)]
enum Holds {
    New,
    Old,
    /// There is no such mailbox.
    Nothing,
}

fn in_shadow(panel: &Panel, (address, new): &(String, String)) -> Holds {
    let Some(hash) = panel.shadow(address) else { return Holds::Nothing };
    let fits = |password: &str| ShaCrypt::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
    let (is_new, is_old) = (fits(new), fits(BEFORE));
    assert!(is_new != is_old, "{address} has another password");
    if is_new { Holds::New } else { Holds::Old }
}

#[test]
fn five_ways_give_one_report_and_one_state() {
    let mut first: Option<(Vec<Told>, Vec<Holds>)> = None;
    for way in [Way::Cpanel, Way::WhmSingle, Way::WhmBatched, Way::Owners, Way::Root] {
        let place = Place::new();
        let panel = panel_with(&place, EACH, &[]);
        let rows = list(&place);
        assert_eq!(rows.len(), 500);
        panel.switch(&json!([
            {"match": {"address": "user11@example.com"}, "answer": "refuse", "text": "Not today, “é”."},
            {"match": {"address": "user12@example.net", "function": "Email::passwd_pop"}, "answer": "messages", "messages": ["Said so."]},
        ]));
        let report = way.apply(&place, &panel);
        let state: Vec<_> = rows.iter().map(|row| in_shadow(&panel, row)).collect();
        for (told, holds) in report.iter().zip(&state) {
            assert_eq!(told.2 == "changed", *holds == Holds::New, "{way:?} {told:?}");
        }
        let changed = report.iter().filter(|told| told.2 == "changed").count();
        assert_eq!((report.len(), changed, panel.changes().len()), (500, 489, 489), "{way:?}");
        match &first {
            None => first = Some((report, state)),
            Some(first) => {
                for (one, other) in first.0.iter().zip(&report) {
                    assert_eq!(one, other, "{way:?}");
                }
                assert_eq!(first.1, state, "{way:?} leaves other passwords");
            }
        }
    }
}
