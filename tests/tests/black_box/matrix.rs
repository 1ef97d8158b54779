//! `check` and `plan` change nothing, whatever options they are given.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cprekey_tests::{BEFORE, Invocation, Panel, Person, Place};

/// What a user may say of the list: options that go together in any way, one of each line.
const LIST: &[&[&[&str]]] = &[
    &[&["list.csv"], &["list.xlsx"], &["accounts.csv", "--kind", "account"], &["bare.csv", "--domain", "example.com"]],
    &[&[], &["--include", "user1*"], &["--exclude", "user1*"], &["--limit", "1"], &["--limit", "0"]],
    &[&[], &["--columns", "email=A,password=B"], &["--no-header", "--columns", "email=A,password=B"]],
    &[&[], &["--allow-spaces"], &["--allow-numeric"]],
    &[&[], &["--output", "json"]],
    &[&[], &["--quiet"]],
    &[&[], &["--color", "always"]],
];

/// What a user may say to `plan` besides.
const PLAN: &[&[&[&str]]] = &[
    &[&["--skip-invalid"], &["--skip-invalid"], &[]],
    &[&[], &["--jobs", "1"], &["--jobs", "9"]],
    &[&["--rate", "none"], &["--rate", "100"], &["--rate", "1000/s"]],
    &[&["--retries", "0"], &[], &["--retries", "5"]],
    &[&[], &["--verbose"]],
    &[&[], &["--timeout", "30"], &["--connect-timeout", "5"]],
];

/// The ways to a panel.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Way {
    Cpanel,
    Whm,
    WhmForOne,
    AsOwner,
    AsRoot,
    AsRootForOne,
}

const WAYS: [Way; 6] = [Way::Cpanel, Way::Whm, Way::WhmForOne, Way::AsOwner, Way::AsRoot, Way::AsRootForOne];

/// How many combinations of each command are tried.
const CHECKS: usize = 120;
const PLANS: usize = 120;

/// Every function that changes something.
const CHANGING: [&str; 6] = [
    "Email::passwd_pop",
    "Email::passwdpop",
    "Email::suspend_login",
    "Email::unsuspend_login",
    "Passwd::change_password",
    "whm::passwd",
];

const OWNER: Person = Person::User(60001);

/// As many different combinations as are wanted, one value of each line, spread over all of them.
fn combinations(lines: &[&[&[&'static str]]], count: usize) -> BTreeSet<Vec<&'static str>> {
    let choose = |number: usize| -> Vec<&str> {
        // A step of its own for each line, so that all pairs of values meet.
        let chosen = lines
            .iter()
            .enumerate()
            .map(|(line, values)| values[(number * (line + 1) + number / (7 + line)) % values.len()]);
        chosen.flatten().copied().collect()
    };
    let mut chosen = BTreeSet::new();
    for number in 0..count * 20 {
        if chosen.len() < count {
            chosen.insert(choose(number));
        }
    }
    chosen
}

fn ready() -> (Place, Panel, Place) {
    let (place, server) = (Place::new(), Place::new());
    let rows = [
        ("user1@example.com", "Tide&Orchard#1"),
        ("user2@example.com", "Tide&Orchard#2"),
        ("not an address", "Tide&Orchard#3"),
    ];
    place.csv("list.csv", rows);
    place.xlsx("list.xlsx", rows);
    place.csv("accounts.csv", [("shop", "Tide&Orchard#4"), ("nobody", "Tide&Orchard#5")]);
    place.csv("bare.csv", [("user1", "Tide&Orchard#6"), ("gone", " Tide&Orchard#7")]);
    server.secret(BEFORE);
    let panel = Panel::start(
        &server,
        &format!(
            "[[whm]]\nuser = 'root'\ntokens = [{{ name = 'main', acls = ['all'] }}]\n\
             [[account]]\nname = 'shop'\ndomain = 'example.com'\npassword = '{BEFORE}'\nuid = 60001\n\
             generate = [{{ count = 2, pattern = 'user{{n}}', domain = 'example.com', password = '{BEFORE}' }}]\n"
        ),
    );
    (place, panel, server)
}

fn on<'a>(way: Way, plan: Invocation<'a>, panel: &'a Panel) -> Invocation<'a> {
    match way {
        Way::Cpanel => plan.on(panel),
        Way::Whm => plan.through_whm(panel),
        Way::WhmForOne => plan.through_whm(panel).args(["--account", "shop"]),
        Way::AsOwner => plan.locally(panel, OWNER),
        Way::AsRoot => plan.locally(panel, Person::Root),
        Way::AsRootForOne => plan.locally(panel, Person::Root).args(["--account", "shop"]),
    }
}

/// Every file below a folder with what stands in it, but for what the tests themselves put beside a program that they start.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if !name.starts_with("token-") && name != "programs-for-all" {
                found.insert(path.clone(), Vec::new());
                found.extend(files(&path));
            }
        } else {
            // A socket cannot be read, and is there all the same.
            let bytes = if path.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            found.insert(path, bytes);
        }
    }
    found
}

/// The shadow files with what stands in them and their age.
fn shadows(panel: &Panel) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let state = files(&panel.state());
    let shadows = state.into_iter().filter(|(path, _)| path.ends_with("shadow"));
    shadows.map(|(path, bytes)| (path.clone(), bytes, fs::metadata(path).unwrap().modified().unwrap())).collect()
}

/// PRC-20: over 240 combinations of options `check` and `plan` change nothing at the panel and write nothing here, and `check` does not
/// even connect.
#[test]
fn no_option_makes_check_or_plan_change_anything() {
    let (place, panel, server) = ready();
    let (before, on_the_disk) = (shadows(&panel), files(&place.path("")));
    assert_eq!(before.len(), 2, "{before:?}");
    let mut codes: BTreeMap<i32, usize> = BTreeMap::new();

    let checks = combinations(LIST, CHECKS);
    for options in &checks {
        let run = place.cprekey(["check"]).args(options).run();
        assert!(matches!(run.code, 0 | 2 | 6), "{run}");
        *codes.entry(run.code).or_default() += 1;
    }
    let counters = panel.counters();
    assert_eq!((counters.connections_opened(), counters.local_calls()), (0, 0), "check asks nobody");

    let plans = combinations(&[LIST, PLAN].concat(), PLANS);
    for (options, way) in plans.iter().zip(WAYS.into_iter().cycle()) {
        let run = on(way, place.cprekey(["plan"]).args(options), &panel).run();
        assert!(matches!(run.code, 0 | 2 | 3 | 6), "{way:?}: {run}");
        *codes.entry(run.code).or_default() += 1;
    }
    let counters = panel.counters();
    assert!(counters.requests() > 50 && counters.local_calls() > 50, "plan asks");

    assert!(checks.len() + plans.len() >= 200, "{} and {}", checks.len(), plans.len());
    assert!([0, 2, 3, 6].iter().all(|code| codes.contains_key(code)), "every end is met: {codes:?}");
    assert_eq!(CHANGING.map(|function| counters.calls(function)), [0; 6]);
    assert_eq!(panel.changes(), []);
    assert!(shadows(&panel) == before, "a shadow file is not what it was");
    assert_eq!(files(&place.path("")), on_the_disk, "something was written");
    drop(server);
}

/// The same eyes do see one change, and one file.
#[test]
fn what_the_matrix_looks_at_does_change() {
    let (place, panel, _server) = ready();
    let (before, on_the_disk) = (shadows(&panel), files(&place.path("")));
    let apply = place.cprekey(["apply", "list.csv", "--skip-invalid", "--yes", "--report", "report.csv"]).on(&panel);
    assert_eq!(apply.run().code, 3);
    let calls: u64 = CHANGING.iter().map(|function| panel.counters().calls(function)).sum();
    assert_eq!((calls, panel.changes().len()), (2, 2));
    assert!(shadows(&panel) != before && files(&place.path("")) != on_the_disk);
}
